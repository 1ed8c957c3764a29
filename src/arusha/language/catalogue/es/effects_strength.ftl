## De dónde viene la solidez de la evidencia de una evaluación.

effects-grade-most = Lo que se hizo puede dar { $most } como máximo.
effects-grade-no-placebo = Uno menos: el tiempo anterior es demasiado corto para fechas placebo.
effects-grade-parts = Uno menos: nada muestra que la respuesta se sostenga si las tendencias se separan tanto como antes.
effects-grade-rests = Uno menos: frente al último período anterior por sí solo no se daría la respuesta.
effects-grade-amended = Uno menos: antes se registró otro plan de esta evaluación.
effects-grade-displaced = Uno menos: otra cosa empeoró.
effects-grade-no-placebo-value = Uno menos: no había otro valor con el que contrastar la prueba.
effects-grade-placebo-jumps = Uno menos: la misma prueba encuentra un salto en un valor donde no empieza ninguna regla.
effects-grade-no-mass = Uno menos: cuántos valores hay junto al umbral no dice lo mismo.
effects-grade-mass-unsure = Uno menos: cuántos valores hay junto al umbral dice lo mismo, pero solo cuenta si otros valores no muestran saltos.
effects-why-all-treated = Todas las unidades están bajo la medida: no queda ninguna con la que compararlas, y el tiempo es demasiado corto para una serie sola (24 períodos antes y 12 después).
effects-why-too-few-treated = Hay de una a tres unidades bajo la medida. Hacen falta entonces unas 40 otras y 8 períodos antes o, si todas empezaron juntas, 24 períodos antes y 12 después.
effects-parted = Si las tendencias se hubieran separado { $times } veces lo máximo de antes, el efecto medio tras el inicio estaría entre { $low } y { $high } (frente al último período anterior).
ev-parted = Efecto medio tras el inicio, si las tendencias se hubieran separado tantas veces lo máximo de antes (frente al último período anterior)
ev-parted-times = Veces
effects-records-seen = Los resultados de este plan se obtuvieron de { $n } conjuntos de datos distintos; estos son del último.
