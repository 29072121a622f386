"""UAX #29 and UAX #14 of Unicode 16, in the names of their classes: what tests/breaks.py makes tables of."""

# Clusters, by the letters of CLUSTERS below.
CLUSTERS = {
    **{"OTHER": "o", "CR": "c", "LF": "c", "CONTROL": "c", "EXTEND": "e", "ZWJ": "z", "REGIONAL_INDICATOR": "r"},
    **{"PREPEND": "p", "PACINGMARK": "s", "L": "l", "V": "v", "T": "t", "LV": "y", "LVT": "w"},
    **{"PICTURE": "x", "CONSONANT": "i", "LINKER": "k", "NOT JOINING": "n"},
}
_CORE = "l*(?:[yv]v*|w)t*|l+|t+|rr|x(?:[ekn]*zx)*|i(?:[ekz]*k[ekz]*i)*|[^c]"
CLUSTER = f"p*(?:{_CORE})[eknzs]*|."
CLUSTERED = "[eknzsplvtywr]"  # without any of these each character is a cluster

# Names of classes with the same meaning in most rules: those with more letters were marked.
SETS = {
    **{"S": "SP ZS OS CS BS", "QI": "QI QIx QO QOx", "QF": "QF QFx QC QCx", "AL": "AL ALx DC DCf", "ID": "ID IDx"},
    **{"EB": "EB EBx", "IS": "IS ISn ISb", "SY": "SY SYn", "CL": "CL CLn", "CP": "CP CPn", "OP": "OP OPn"},
    **{"BA": "BA BAh HH HHh HHw", "HY": "HY HYh HYw", "VI": "VI VIa", "AK": "AK AKf", "AS": "AS ASf", "RI": "RI RJ"},
    **{"DC": "DC DCf", "J": "JL JV JT H2 H3", "X": "ALx IDx EBx"},
}
# What a class becomes where its neighbours matter: a pattern of plain classes, and what these turn into there.
MARKS: list[tuple[str, dict[str, str]]] = [
    ("(?:^|(?<=<OP QU QI QF GL SP ZW>))<QI>", {"QI": "QO"}),  # LB15a
    ("<QI QO>(?=<!EA>|$)", {"QI": "QIx", "QO": "QOx"}),  # LB19a
    ("<QF>(?=<SP GL WJ CL QU QI QIx QO QOx QF CP EX IS SY ZW>|$)", {"QF": "QC"}),  # LB15b
    ("(?<!<EA>)<QF QC>", {"QF": "QFx", "QC": "QCx"}),  # LB19a
    ("(?<=<ZW>)<SP>+", {"SP": "ZS"}),  # LB8
    ("(?<=<OP QO QOx>)<SP>+", {"SP": "OS"}),  # LB14, LB15a
    ("(?<=<CL CP>)<SP>+", {"SP": "CS"}),  # LB16
    ("(?<=<B2>)<SP>+", {"SP": "BS"}),  # LB17
    ("(?<=<SP ZS OS CS BS>)<IS>(?=<NU>)", {"IS": "ISb"}),  # LB15c
    ("(?<=<NU>)<SY IS>+", {"SY": "SYn", "IS": "ISn"}),  # LB25
    ("(?<=<NU SYn ISn>)<CL CP>", {"CL": "CLn", "CP": "CPn"}),  # LB25
    ("<OP>(?=<NU>|<IS><NU>)", {"OP": "OPn"}),  # LB25
    ("<RI><RI>", {"RI RI": "RI RJ"}),  # LB30a
    ("(?<=<HL>)<HY BA HH>", {"HY": "HYh", "BA": "BAh", "HH": "HHh"}),  # LB21a
    ("(?:^|(?<=<SP ZS OS CS BS ZW CB GL>))<HY HH>", {"HY": "HYw", "HH": "HHw"}),  # LB20a
    ("(?<=<AK DC AS>)<VI>", {"VI": "VIa"}),  # LB28a
    ("<AK DC AS>(?=<VF>)", {"AK": "AKf", "DC": "DCf", "AS": "ASf"}),  # LB28a
]
# Between two neighbours the first rule that fits decides: × is no break, ÷ one. A - behind a name leaves wide ones out.
RULES = """
    LB4  BK ÷ *
    LB5  CR × LF | CR LF NL ÷ *
    LB6  * × BK CR LF NL
    LB7  * × S ZW
    LB8  ZW ZS ÷ *
    LB11 * × WJ | WJ × *
    LB12 GL × * | !S!BA!HY × GL
    LB13 * × CL CP EX SY
    LB14 OP OS QO QOx × *
    LB15 * × QC QCx | S ÷ ISb | * × IS
    LB16 CL CP CS × NS
    LB17 B2 BS × B2
    LB18 S ÷ *
    LB19 * × QU QF | QU QI × * | *- × QI | * × QIx QOx | QF × *- | QFx QCx × *
    LB20 * ÷ CB | CB ÷ * | HYw HHw × AL
    LB21 * × BA HY NS | BB × * | HYh BAh HHh × !HL | SY × HL
    LB22 * × IN
    LB23 AL HL × NU | NU × AL HL | PR × ID EB EM | ID EB EM × PO
    LB24 PR PO × AL HL | AL HL × PR PO
    LB25 NU SYn ISn CLn CPn × PO PR | PR PO × OPn NU | HY IS × NU | NU SYn ISn × NU
    LB26 JL × JL JV H2 H3 | JV H2 × JV JT | JT H3 × JT
    LB27 J × PO | PR × J
    LB28 AL HL × AL HL | AP × AK AS DC | AK AS DC × VF VI | VIa × AK DC | AK AS DC × AKf ASf DCf
    LB29 IS × AL HL
    LB30 AL HL NU × OP- | CP- × AL HL NU | RI × RJ | EB X × EM
"""
