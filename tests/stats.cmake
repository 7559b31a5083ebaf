kaskad_test(stats
  SOURCES stats_test.cpp stats_authorities_test.cpp stats_regression_test.cpp stats_spread_test.cpp stats_multiplicity_test.cpp
  ROOMS   base stats
  PRIVATE Eigen3::Eigen)
kaskad_test(stats_groups
  SOURCES stats_groups_test.cpp stats_rank_test.cpp stats_permutation_test.cpp stats_matching_test.cpp
  ROOMS   base stats)
kaskad_test(stats_linear
  SOURCES linear_authorities_test.cpp linear_model_test.cpp linear_wild_test.cpp
  ROOMS   base stats
  PRIVATE Eigen3::Eigen)
kaskad_test(stats_mixed
  SOURCES stats_mixed_test.cpp stats_mixed_identities_test.cpp stats_meta_test.cpp
  ROOMS   base stats
  PRIVATE Eigen3::Eigen)

kaskad_test(stats_did
  SOURCES stats_did_test.cpp stats_did_limits_test.cpp stats_sensitivity_test.cpp stats_design_quality_test.cpp
  ROOMS   base stats
  PRIVATE Eigen3::Eigen)
kaskad_test(stats_shrinkage SOURCES stats_shrinkage_test.cpp ROOMS base stats PRIVATE Eigen3::Eigen)
kaskad_test(stats_marking SOURCES stats_marking_test.cpp ROOMS base stats)
kaskad_test(stats_leave_one_out SOURCES stats_leave_one_out_test.cpp ROOMS base stats)
kaskad_test(stats_paired SOURCES stats_paired_test.cpp ROOMS base stats)
kaskad_test(stats_partition SOURCES stats_partition_test.cpp ROOMS base stats)
kaskad_test(stats_agreement SOURCES stats_agreement_test.cpp ROOMS base stats)
kaskad_test(stats_funnel SOURCES stats_funnel_test.cpp ROOMS base stats)
kaskad_test(stats_spike_power SOURCES stats_spike_power_test.cpp ROOMS base stats)
kaskad_test(stats_ranks SOURCES stats_ranks_test.cpp ROOMS base stats)
