"""Answers and marks that papers print, to be measured again."""

from annotations.agreement.study import Mark

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units.
KRIPPENDORFF_2011 = [
    (1, 1, None, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (None, 5, 5, 5),
    (None, None, 1, 1),
    (None, None, 3, None),
]

# Fleiss (1971), table 1: how many of six psychiatrists gave each of 30 patients each of five diagnoses.
FLEISS_1971 = [
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0), (2, 0, 4, 0, 0),
    (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6), (1, 0, 0, 5, 0), (1, 1, 0, 4, 0),
    (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1), (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0),
    (0, 2, 0, 4, 0), (1, 0, 2, 0, 3), (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0),
    (1, 0, 0, 4, 1), (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
]  # fmt: skip

# Cohen (1960), page 45: 200 patients by two judges.
COHEN_1960 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]

# Gwet (2014), chapter 2: 100 pregnancies by two abstractors (ectopic, abnormal, normal intrauterine).
GWET_2014 = [[13, 0, 0], [0, 20, 4], [0, 7, 56]]

# Krippendorff (2004), Content Analysis, page 254: two observers on 300 units of length, two categories.
KRIPPENDORFF_2004 = {
    "i": [Mark(75, 145, "c"), Mark(220, 250, "c"), Mark(30, 90, "k"), Mark(150, 200, "k")],
    "j": [
        Mark(70, 150, "c"),
        Mark(205, 225, "c"),
        Mark(250, 270, "c"),
        Mark(30, 90, "k"),
        Mark(150, 200, "k"),
    ],
}

# Mathet, Widlöcher and Métivier (2015), figure 10: three annotators, two units each.
MATHET_FIGURE_10 = {
    "Joe": [Mark(4, 14, "A"), Mark(20, 30, "B")],
    "Jack": [Mark(4, 14, "A"), Mark(20, 25, "B")],
    "William": [Mark(14, 24, "A"), Mark(40, 44, "B")],
}
