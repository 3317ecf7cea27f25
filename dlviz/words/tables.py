"""What the real data sets, their columns and their classes are called, and where each set is from.

Names are "set", "set.column" or "set.class"; "set.column.unit" where the source gives a unit, "set.source" for origin,
size and licence in a line.
"""

_NUCLEI = {
    "radius": ("radius", "半径"),
    "texture": ("texture", "纹理"),
    "perimeter": ("perimeter", "周长"),
    "area": ("area", "面积"),
    "smoothness": ("smoothness", "光滑度"),
    "compactness": ("compactness", "紧凑度"),
    "concavity": ("concavity", "凹陷程度"),
    "concave_points": ("concave points", "凹点"),
    "symmetry": ("symmetry", "对称性"),
    "fractal_dimension": ("fractal dimension", "分形维数"),
}
_FORMS = {
    "mean": ("mean {}", "{}均值"),
    "error": ("{}, standard error", "{}标准误"),
    "worst": ("worst {}", "{}最差值"),
}

WORDS = {
    "auto_mpg": ("Cars", "汽车油耗"),
    "auto_mpg.source": (
        "Real: 392 cars of 1970 to 1982. Auto MPG, StatLib and Ross Quinlan (1993), UCI Machine Learning Repository, CC BY 4.0; by way of mlxtend.",
        "真实数据：1970 至 1982 年的 392 辆汽车。Auto MPG，StatLib 与 Ross Quinlan（1993），UCI 机器学习库，CC BY 4.0；取自 mlxtend。",
    ),
    "auto_mpg.target": ("fuel economy", "燃油经济性"),
    "auto_mpg.target.unit": ("miles per gallon", "英里/加仑"),
    "auto_mpg.cylinders": ("cylinders", "气缸数"),
    "auto_mpg.displacement": ("displacement", "排量"),
    "auto_mpg.displacement.unit": ("cubic inches", "立方英寸"),
    "auto_mpg.horsepower": ("power", "功率"),
    "auto_mpg.horsepower.unit": ("hp", "马力"),
    "auto_mpg.weight": ("weight", "车重"),
    "auto_mpg.weight.unit": ("lb", "磅"),
    "auto_mpg.acceleration": ("time from 0 to 60 mph", "0 到 60 英里/小时的加速时间"),
    "auto_mpg.acceleration.unit": ("s", "秒"),
    "auto_mpg.year": ("model year", "年款"),
    "auto_mpg.origin": ("origin (1 USA, 2 Europe, 3 Japan)", "产地（1 美国，2 欧洲，3 日本）"),
    "auto_mpg.usa": ("USA", "美国"),
    "auto_mpg.europe": ("Europe", "欧洲"),
    "auto_mpg.japan": ("Japan", "日本"),
    # ------------------------------------------------------------------------------------ diabetes
    "diabetes": ("Diabetes", "糖尿病"),
    "diabetes.source": (
        "Real: 442 people with diabetes. Efron, Hastie, Johnstone, Tibshirani (2004), no licence stated; by way of scikit-learn.",
        "真实数据：442 名糖尿病患者。Efron、Hastie、Johnstone、Tibshirani（2004），未注明许可；取自 scikit-learn。",
    ),
    "diabetes.target": ("progression after a year", "一年后的病情进展"),
    "diabetes.age": ("age", "年龄"),
    "diabetes.age.unit": ("years", "岁"),
    "diabetes.sex": ("sex (1 or 2)", "性别（1 或 2）"),
    "diabetes.body_mass_index": ("body mass index", "体质指数"),
    "diabetes.body_mass_index.unit": ("kg/m²", "kg/m²"),
    "diabetes.blood_pressure": ("mean blood pressure", "平均血压"),
    "diabetes.blood_pressure.unit": ("mmHg", "mmHg"),
    "diabetes.cholesterol": ("total cholesterol", "总胆固醇"),
    "diabetes.ldl": ("LDL cholesterol", "低密度脂蛋白"),
    "diabetes.hdl": ("HDL cholesterol", "高密度脂蛋白"),
    "diabetes.cholesterol_ratio": ("total cholesterol ÷ HDL", "总胆固醇 ÷ 高密度脂蛋白"),
    "diabetes.log_triglycerides": ("log of triglycerides", "甘油三酯的对数"),
    "diabetes.glucose": ("blood sugar", "血糖"),
    # ------------------------------------------------------------------------------- breast cancer
    "breast_cancer": ("Breast cancer", "乳腺癌"),
    "breast_cancer.source": (
        "Real: 569 lumps in the breast, 212 of them malignant. Breast Cancer Wisconsin (Diagnostic), Wolberg, Mangasarian, Street (1993), UCI Machine Learning Repository, CC BY 4.0; by way of scikit-learn.",
        "真实数据：569 个乳腺肿块，其中 212 个为恶性。Breast Cancer Wisconsin (Diagnostic)，Wolberg、Mangasarian、Street（1993），UCI 机器学习库，CC BY 4.0；取自 scikit-learn。",
    ),
    "breast_cancer.target": ("diagnosis", "诊断"),
    "breast_cancer.benign": ("benign", "良性"),
    "breast_cancer.malignant": ("malignant", "恶性"),
    **{
        f"breast_cancer.{form}_{feature}": tuple(
            pattern.format(name) for pattern, name in zip(patterns, names, strict=True)
        )
        for form, patterns in _FORMS.items()
        for feature, names in _NUCLEI.items()
    },
    # ---------------------------------------------------------------------------------------- wine
    "wine": ("Wine", "葡萄酒"),
    "wine.source": (
        "Real: 178 wines from Piedmont. Forina and others (1986), UCI Machine Learning Repository, CC BY 4.0; by way of scikit-learn.",
        "真实数据：178 种皮埃蒙特葡萄酒。Forina 等（1986），UCI 机器学习库，CC BY 4.0；取自 scikit-learn。",
    ),
    "wine.target": ("wine", "酒种"),
    "wine.barolo": ("Barolo", "巴罗洛"),
    "wine.grignolino": ("Grignolino", "格丽尼奥里诺"),
    "wine.barbera": ("Barbera", "巴贝拉"),
    "wine.alcohol": ("alcohol", "酒精"),
    "wine.alcohol.unit": ("% by volume", "%（体积）"),
    "wine.malic_acid": ("malic acid", "苹果酸"),
    "wine.ash": ("ash", "灰分"),
    "wine.alcalinity_of_ash": ("alkalinity of ash", "灰分碱度"),
    "wine.magnesium": ("magnesium", "镁"),
    "wine.total_phenols": ("phenols, total", "总酚"),
    "wine.flavanoids": ("flavonoids", "类黄酮"),
    "wine.nonflavanoid_phenols": ("phenols that are no flavonoids", "非类黄酮酚"),
    "wine.proanthocyanins": ("proanthocyanins", "原花青素"),
    "wine.color_intensity": ("colour intensity", "颜色强度"),
    "wine.hue": ("hue", "色调"),
    "wine.od280_od315": ("absorbance at 280 nm ÷ 315 nm", "280 nm 与 315 nm 吸光度之比"),
    "wine.proline": ("proline", "脯氨酸"),
    # ---------------------------------------------------------------------------------- sequences
    "sunspots": ("Sunspots", "太阳黑子"),
    "sunspots.source": (
        "Real: the relative sunspot number of every year from 1700 to 2008. National Geophysical Data Center (NOAA), public domain; by way of statsmodels.",
        "真实数据：1700 至 2008 年每年的太阳黑子相对数。美国国家地球物理数据中心（NOAA），公有领域；取自 statsmodels。",
    ),
    "sunspots.target": ("relative sunspot number", "太阳黑子相对数"),
    "sunspots.year": ("year", "年份"),
    "surnames": ("Surnames", "姓氏"),
    "surnames.source": (
        "Real: surnames of eight languages, without accents and without those that two of the languages share. The lists of Faker, MIT licence.",
        "真实数据：八种语言的姓氏，去掉变音符号，也去掉两种语言共有的姓氏。取自 Faker 的名单，MIT 许可。",
    ),
    "surnames.target": ("language", "语言"),
    "surnames.irish": ("Irish", "爱尔兰语"),
    "surnames.italian": ("Italian", "意大利语"),
    "surnames.dutch": ("Dutch", "荷兰语"),
    "surnames.english": ("English", "英语"),
    "surnames.german": ("German", "德语"),
    "surnames.polish": ("Polish", "波兰语"),
    "surnames.finnish": ("Finnish", "芬兰语"),
    "surnames.zulu": ("Zulu", "祖鲁语"),
    "recall": ("Recall", "回忆任务"),
    "recall.source": (
        "Made up from a seed: one letter, then blanks; which letter was it?",
        "由种子生成：先是一个字母，然后是空白；最初是哪个字母？",
    ),
    "recall.target": ("first letter", "第一个字母"),
}
