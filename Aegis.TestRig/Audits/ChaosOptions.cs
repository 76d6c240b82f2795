using Aegis.TestRig.Traffic;

namespace Aegis.TestRig.Audits;

/// <summary>How hard it is shaken.</summary>
/// <param name="Duration">How long.</param>
/// <param name="Kills">SIGKILLs spread over it at random.</param>
/// <param name="Seed">Decides payments, victims and moments.</param>
/// <param name="Rate">Simulated payments a second, each new card with its history.</param>
/// <param name="Callers">Callers of POST /decisions at once.</param>
internal sealed record ChaosOptions(TimeSpan Duration, int Kills, ulong Seed, int Rate, int Callers);
