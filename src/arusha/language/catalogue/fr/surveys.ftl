## Ce que lisent les répondants avant une question sensible.

script-list-ask = Voici { $items } affirmations. Comptez combien sont vraies pour vous et ne dites que ce nombre. Ne dites pas lesquelles.
script-list-why = Personne, pas même nous, ne peut savoir d'après ce nombre ce qui est vrai pour vous, sauf si aucune ne l'est ou si toutes le sont.
script-forced-ask = Lancez le dé à l'abri des regards. S'il montre { $truth }, répondez sincèrement à la question. S'il montre { $yes }, dites oui. S'il montre { $no }, dites non.
script-forced-why = Ne montrez le dé à personne. Votre réponse peut venir du dé seul : elle ne dit à personne ce qui est vrai pour vous.
script-crosswise-ask = Voici deux affirmations. Dites seulement si les deux ou aucune sont vraies pour vous, ou bien une seule d'entre elles.
script-crosswise-why = Comme personne ne connaît la vérité sur la première, personne ne peut la connaître sur la seconde.
script-promise = Vous pouvez laisser toute question sans réponse. Les résultats ne sont montrés que pour des groupes d'au moins { $smallest } personnes.
