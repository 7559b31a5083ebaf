kaskad_bench(stats SOURCES stats_bench.cpp ROOMS base stats)
