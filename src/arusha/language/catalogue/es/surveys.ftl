## Lo que leen los encuestados antes de una pregunta delicada.

script-list-ask = Le mostramos { $items } afirmaciones. Cuente cuántas son ciertas en su caso y díganos solo el número. No nos diga cuáles.
script-list-why = Nadie, ni siquiera nosotros, puede saber por el número qué es cierto en su caso, salvo que no lo sea ninguna o lo sean todas.
script-forced-ask = Lance el dado donde nadie lo vea. Si sale { $truth }, responda a la pregunta con la verdad. Si sale { $yes }, diga sí. Si sale { $no }, diga no.
script-forced-why = No enseñe el dado a nadie. Su respuesta puede venir solo del dado, así que no le dice a nadie qué es cierto en su caso.
script-crosswise-ask = A continuación hay dos afirmaciones. Diga solo si ambas o ninguna son ciertas en su caso, o bien exactamente una.
script-crosswise-why = Como nadie sabe nada de la primera afirmación, nadie puede saber nada de la segunda.
script-promise = Puede dejar cualquier pregunta sin responder. Los resultados se muestran solo para grupos de al menos { $smallest } personas.
