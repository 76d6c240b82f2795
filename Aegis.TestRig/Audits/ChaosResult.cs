using Aegis.TestRig.Traffic;

namespace Aegis.TestRig.Audits;

/// <summary>The result of a run; <c>artifacts/bench/chaos.json</c>.</summary>
/// <param name="Machine">The machine that it ran on.</param>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Minutes">How long it was shaken.</param>
/// <param name="Kills">The number of SIGKILLs sent.</param>
/// <param name="KillsByVictim">The number of kills of each process.</param>
/// <param name="Accepted">The number of transactions confirmed to a producer or caller.</param>
/// <param name="Decided">The number of decisions in the store.</param>
/// <param name="Lost">The number of transactions accepted or logged, but not decided.</param>
/// <param name="Duplicated">The number of transactions decided more than once.</param>
/// <param name="WrongPositions">The number of decisions at another position than the first one of the transaction in the log.</param>
/// <param name="WrongAnswers">The number of callers whose answer differs from the store.</param>
/// <param name="DeadLetters">The number of entries that could not be decided; none is expected.</param>
/// <param name="Labels">The number of labels in the store.</param>
/// <param name="Differences">The number of decisions and labels that differ in any bit from those of an uninterrupted
/// run over the same log.</param>
/// <param name="HistoriesEqual">True if all histories and facts equal, to the bit, those of an uninterrupted run over the same log.</param>
internal sealed record ChaosResult(
    Machine Machine, DateTimeOffset At, double Minutes, int Kills, IReadOnlyDictionary<string, int> KillsByVictim, long Accepted,
    long Decided, long Lost, long Duplicated, long WrongPositions,
    long WrongAnswers, long DeadLetters, long Labels, long Differences, bool HistoriesEqual);
