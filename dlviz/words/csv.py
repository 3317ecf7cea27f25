"""What is wrong with a table that somebody pasted or uploaded; the codes are those of data/csv_table and csv_points."""

WORDS = {
    "too_large": (
        "The table has {size} characters; at most {most} are allowed. Leave out columns or rows.",
        "表格有 {size} 个字符，最多允许 {most} 个。请去掉一些列或行。",
    ),
    "not_text": (
        "This is not a text file. Save the table as CSV (UTF-8) and try again.",
        "这不是文本文件。请把表格另存为 CSV（UTF-8）再试。",
    ),
    "workbook": (
        "This is a spreadsheet program's own file. Open it there and save it as CSV, or copy the cells and paste them here.",
        "这是电子表格软件自己的文件格式。请在软件里打开并另存为 CSV，或者复制单元格后粘贴到这里。",
    ),
    "empty": ("There is nothing in it yet.", "里面还没有内容。"),
    "long_line": (
        "Line {line} has {size} characters; at most {most} are allowed.",
        "第 {line} 行有 {size} 个字符，最多允许 {most} 个。",
    ),
    "quotes": (
        "Line {line}: a quotation mark is opened and not closed, or something follows the closing one.",
        "第 {line} 行：引号没有成对，或者右引号后面还有内容。",
    ),
    "one_column": (
        "Line {line}, “{text}”, has only one cell. Put a comma, semicolon, tab, | or space between two cells.",
        "第 {line} 行“{text}”只有一个单元格。请用逗号、分号、制表符、| 或空格分隔单元格。",
    ),
    "too_many_columns": (
        "The table has {columns} columns; at most {most} are allowed.",
        "表格有 {columns} 列，最多允许 {most} 列。",
    ),
    "cells": (
        "Line {line} has {found} cells, but most lines have {wanted}.",
        "第 {line} 行有 {found} 个单元格，而多数行有 {wanted} 个。",
    ),
    "and_more": ("And so it goes on: {count} more.", "还有 {count} 处类似的问题。"),
    "few_numbers": (
        "Two columns of numbers are needed beside the label; this table has {found}.",
        "除标签外还需要两列数字，这里有 {found} 列。",
    ),
    "columns": (
        "Choose {wanted} different columns of the {found}: one for each axis, and the label.",
        "请从 {found} 列中选出 {wanted} 个不同的列：每个坐标轴一列，再加标签列。",
    ),
    "rows": (
        "The table has {found} rows of points; from {fewest} to {most} are allowed.",
        "表格有 {found} 行数据，允许 {fewest} 到 {most} 行。",
    ),
    "missing": ("Line {line}: the cell of column “{column}” is empty.", "第 {line} 行：“{column}”列的单元格是空的。"),
    "no_number": (
        "Line {line}, column “{column}”: “{value}” is not a number.",
        "第 {line} 行“{column}”列：“{value}”不是数字。",
    ),
    "huge": (
        "Line {line}, column “{column}”: {value} is too large a number.",
        "第 {line} 行“{column}”列：数字 {value} 太大了。",
    ),
    "one_class": (
        "Every label in column “{column}” is “{value}”; at least two classes are needed.",
        "“{column}”列的标签全都是“{value}”，至少需要两个类别。",
    ),
    "many_classes": (
        "Column “{column}” has {found} classes; at most {most} are allowed. The first one too many is “{value}” in line {line}.",
        "“{column}”列有 {found} 个类别，最多允许 {most} 个。第一个多出来的是第 {line} 行的“{value}”。",
    ),
    "constant": (
        "Every number in column “{column}” is {value}, or so close to it that no difference can be seen.",
        "“{column}”列的数字全都是 {value}，或者非常接近，看不出差别。",
    ),
}
