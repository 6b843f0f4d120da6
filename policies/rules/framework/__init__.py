"""What makes a rule of a function: reading, settings, waivers, reporting. No rule is in here.

A rule is written with `rule` (what it says about itself), `subjects` (what it is given: a resource
or the stack), `reading` (`Properties`, the only way to a property), `finding` (what it gives) and
`tokens` (the types of resources). Most also need `order` (what is known is judged before what is
not), `settings` (to declare and read them) or `mappings` (controls of known catalogues); a few
need `regions` (where a resource is) or `values` (how values are told apart).

The rest runs the rules, and a rule never calls it: `judge` makes policies of the SDK of them,
`of_types` says which types they judge, `session` keeps what one run has found, `waivers` and
`waiver_entries` read what is accepted, `sdk_costs` spares work that the SDK does over and over.
"""
