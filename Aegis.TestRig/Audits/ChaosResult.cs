using Aegis.TestRig.Traffic;

namespace Aegis.TestRig.Audits;

/// <summary>What came of it; <c>artifacts/bench/chaos.json</c>.</summary>
/// <param name="Machine">What it was run on.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Minutes">How long it was shaken.</param>
/// <param name="Kills">SIGKILLs sent.</param>
/// <param name="KillsByVictim">Of each kind of process.</param>
/// <param name="Accepted">Transactions confirmed to a producer or caller.</param>
/// <param name="Decided">Decisions in the store.</param>
/// <param name="Lost">Accepted or logged, not decided.</param>
/// <param name="Duplicated">Decided more than once.</param>
/// <param name="WrongPositions">Decided elsewhere than where the log holds the transaction first.</param>
/// <param name="WrongAnswers">Callers who were told something else than the store holds.</param>
/// <param name="DeadLetters">Entries that could not be decided; none is expected.</param>
/// <param name="Labels">Labels in the store.</param>
/// <param name="Differences">Decisions and labels that are not, to the bit, those of a run over the same log that was never
/// interrupted.</param>
/// <param name="HistoriesEqual">Whether all histories and facts equal, to the bit, those of a run over the same log that was never
/// interrupted.</param>
internal sealed record ChaosResult(
    Machine Machine, DateTimeOffset At, double Minutes, int Kills, IReadOnlyDictionary<string, int> KillsByVictim, long Accepted,
    long Decided, long Lost, long Duplicated, long WrongPositions,
    long WrongAnswers, long DeadLetters, long Labels, long Differences, bool HistoriesEqual);
