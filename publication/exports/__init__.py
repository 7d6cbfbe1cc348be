"""Public texts in the vocabularies of other systems. Pure: a public text and the portal's own
facts in, JSON-ready data out; nothing here reads a table or a setting.

    cpsv_ap           CPSV-AP 3.2.0 as JSON-LD
    schema_org        schema.org GovernmentService, for search engines
    hsds              Open Referral HSDS 3.0
    national_package  the upper-case data package of the national database
    dcat              the data set itself: DCAT-AP, with a distribution for each of the above

A time in working days has no calendar duration. It is written with its own unit wherever a
vocabulary has a place for one, in words everywhere else, and never as days of the calendar.
"""
