using Aegis.TestRig.Traffic;

namespace Aegis.TestRig.Audits;

/// <summary>How hard the run is shaken.</summary>
/// <param name="Duration">The duration of the shaking.</param>
/// <param name="Kills">The number of SIGKILLs, spread over it at random.</param>
/// <param name="Seed">Decides payments, victims and moments.</param>
/// <param name="Rate">The simulated payments a second. Each new card brings its history.</param>
/// <param name="Callers">The number of concurrent callers of POST /decisions.</param>
internal sealed record ChaosOptions(TimeSpan Duration, int Kills, ulong Seed, int Rate, int Callers);
