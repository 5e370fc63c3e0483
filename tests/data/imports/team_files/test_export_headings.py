"""Headings that public documents show of HR systems and surveys; docs/files.md names each."""

from dataclasses import replace

import pytest

from data.imports.team_files.options import ImportOptions
from tests.data.loads import bring

PEOPLE = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"}, decimal=".", dates="mdy")
SURVEY = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"}, decimal=".")
#: System → (headings, a made-up row, what is read from it).
SYSTEMS = {
    "Workday": (
        "Employee ID|Position Title|Compensation Grade|Compensation Effective Date|"
        "Total Base Pay Annualized - Amount|Total Base Pay Annualized - Currency|Active Status",
        "7|CSM|P3|03/01/2026|95000|EUR|Yes",
        {"employee_id": "7", "title": "CSM", "level": "P3", "base": 95_000, "currency": "EUR",
         "status": "active"},
    ),
    "Workday, an amount with its frequency": (
        "Employee ID|Business Title|Compensation Amount|Compensation Frequency",
        "7|CSM|8000|Monthly", {"title": "CSM", "base": 96_000},
    ),
    "SAP SuccessFactors": (
        "USERID|STATUS|JOBTITLE|JOBLEVEL|PAYGRADE|SALARY|LOCAL_CURRENCY_CODE|LOCATION",
        "7|active|CSM|P3|G12|95000|EUR|Berlin",
        {"employee_id": "7", "title": "CSM", "level": "P3", "base": 95_000, "currency": "EUR",
         "place": "Berlin", "status": "active"},
    ),
    "SAP SuccessFactors, grade alone": (
        "USERID|JOBTITLE|PAYGRADE|SALARY", "7|CSM|P3|95000", {"level": "P3", "base": 95_000},
    ),
    "ADP": (
        "Associate ID|Position Status|Hire/Rehire Date|Termination Date|Annual Salary|"
        "Regular Pay Rate Amount|Standard Hours|Job Title Description",
        "7|Terminated|04/01/2020|02/27/2026|95000||40|CSM",
        {"employee_id": "7", "title": "CSM", "base": 95_000, "status": "left"},
    ),
    "ADP, people by the hour": (
        "Associate ID|Regular Pay Rate Amount|Standard Hours|Job Title Description",
        "7|40|35|CSM", {"base": 40 * 35 * 52},
    ),
    "UKG": (
        "employeeId|jobDescription|annualSalary|salaryGrade|scheduledFullTimeEquivalency|"
        "employeeStatus|lastHireDate|dateOfTermination",
        "7|CSM|95000|P3|1|A|04/01/2020|",
        {"employee_id": "7", "title": "CSM", "base": 95_000, "level": "P3", "status": "active"},
    ),
    "BambooHR": (
        "employeeNumber|jobTitle|payRate|paidPer|standardHoursPerWeek|hireDate|status|location",
        "7|CSM|40|Hour|35|04/01/2020|Active|Boston",
        {"employee_id": "7", "title": "CSM", "base": 40 * 35 * 52, "status": "active",
         "place": "Boston"},
    ),
    "Oracle HCM": (
        "PERSON_NUMBER|SALARY_AMOUNT|ANNUALIZED_SALARY|CURRENCY_CODE|SALARY_START_DATE|FTE|"
        "JOB_NAME|GRADE_NAME",
        "7|8000|96000|EUR|03/01/2026|1|CSM|P3",
        {"employee_id": "7", "base": 96_000, "currency": "EUR", "title": "CSM", "level": "P3"},
    ),
}  # fmt: skip
SURVEYS = {
    "Mercer": (
        "PositionTitle|MjlCode|BaseAnnual_NumObs|BaseAnnual_NumOrgs|BaseAnnual_Perc25_IW|"
        "BaseAnnual_Median_IW|BaseAnnual_Perc25_OW|BaseAnnual_Median_OW|TotalCashTarget_Median_IW",
        "CSM|CS1|240|30|90000|100000|88000|97000|120000",
        {"title": "CSM", "job_code": "CS1", "n": 240, "organisations": 30, "base_p25": 90_000,
         "base_p50": 100_000, "target_cash_p50": 120_000, "weighting": "incumbent"},
    ),
    "WTW": (
        "Job Code|Job Title|Base Salary #Incs|Base Salary #Orgs|Base Salary Average|"
        "Base Salary 25th|Base Salary 50th|Target Total Annual Compensation 50th|"
        "Actual Total Annual Compensation 50th|Actual Total Direct Compensation 50th",
        "CS1|CSM|240|30|101000|90000|100000|120000|118000|130000",
        {"job_code": "CS1", "n": 240, "organisations": 30, "base_p25": 90_000,
         "base_p50": 100_000, "target_cash_p50": 120_000, "total_cash_p50": 118_000,
         "total_comp_p50": 130_000},
    ),
    "Aon": (
        "Job Code|Position Title|Base Salary Number of Incumbents|Base Salary Number of Companies|"
        "Base Salary Low Quartile (25%)|Base Salary Median (50%)|Base Salary High Quartile (75%)|"
        "Base Salary 90th Percentile (90%)|Annual Target Total Cash Median (50%)",
        "CS1|CSM|240|30|90000|100000|110000|125000|120000",
        {"title": "CSM", "n": 240, "organisations": 30, "base_p25": 90_000, "base_p50": 100_000,
         "base_p75": 110_000, "base_p90": 125_000, "target_cash_p50": 120_000},
    ),
    "Salary.com": (
        "Job Title|#orgs|#incs|Base 25th|Base 50th|TCC 50th", "CSM|30|240|90000|100000|120000",
        {"n": 240, "organisations": 30, "base_p50": 100_000, "total_cash_p50": 120_000},
    ),
}  # fmt: skip


def read(kind: str, header: str, row: str, options: ImportOptions) -> dict[str, object]:
    """The one row of a file, by field."""
    found = bring(kind, f"{header}\n{row}\n", replace(options, delimiter="|"))
    assert [q.text for q in found.report.questions] == []
    return {name: found.values(name)[0] for name in found.report.layout.kind.fields}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_row_of_an_hr_system_is_read(system):
    header, row, expected = SYSTEMS[system]
    found = read("roster", header, row, PEOPLE)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_row_of_a_survey_is_read(survey):
    header, row, expected = SURVEYS[survey]
    found = read("survey", header, row, SURVEY)
    assert {name: found[name] for name in expected} == expected


def test_of_columns_of_both_weightings_those_asked_for_are_taken():
    header, row, _ = SURVEYS["Mercer"]
    found = read("survey", header, row, replace(SURVEY, weighting="organization"))
    assert (found["base_p25"], found["base_p50"]) == (88_000, 97_000)
    assert (found["target_cash_p50"], found["weighting"]) == (None, "organization")
    # A file that has one weighting alone is read, whichever is preferred.
    one = read("survey", "Job Title|BaseAnnual_Median_OW", "CSM|97000", SURVEY)
    assert (one["base_p50"], one["weighting"]) == (97_000, "organization")


def test_the_weighting_of_headings_is_said():
    header, row, _ = SURVEYS["Mercer"]
    text = f"{header}\n{row}\n"
    facts = bring("survey", text, replace(SURVEY, delimiter="|")).report.facts()
    assert facts["Weighting"] == (
        "all figures are incumbent-weighted (--weighting incumbent or organization)"
    )
