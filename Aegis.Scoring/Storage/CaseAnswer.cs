using Aegis.Client;

namespace Aegis.Scoring.Storage;

/// <summary>How a change of a case ended.</summary>
internal enum CaseEnding : byte
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such case.</summary>
    Missing,

    /// <summary>Somebody else works on the case.</summary>
    Locked,

    /// <summary>The case's state does not allow it.</summary>
    Refused,
}

/// <summary>The answer to a change of a case.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Case">The case after it, or as it stands; null if there is none.</param>
internal readonly record struct CaseAnswer(CaseEnding Ending, CaseSummary? Case);

/// <summary>Who does something, and when.</summary>
/// <param name="Name">The analyst.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Idle">How long a case that they work on waits for their next step before it is free again.</param>
internal readonly record struct CaseActor(string Name, DateTimeOffset At, TimeSpan Idle)
{
    /// <summary>When, Unix milliseconds.</summary>
    public long AtMs => At.ToUnixTimeMilliseconds();

    /// <summary>The end of the wait, Unix milliseconds.</summary>
    public long UntilMs => (At + Idle).ToUnixTimeMilliseconds();
}

/// <summary>An alert on its way into a case.</summary>
/// <param name="Sequence">The decision's number.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Card">The card's token.</param>
/// <param name="EventMs">When it was paid, Unix milliseconds.</param>
/// <param name="Outcome">1 review, 2 decline.</param>
/// <param name="Amount">The amount in the reference currency; 0 if its currency has no rate.</param>
/// <param name="Risk">The risk.</param>
/// <param name="Odds">The share of frauds among earlier alerts of like risk.</param>
internal sealed record CaseAlert(
    long Sequence, string TransactionId, string Card, long EventMs, int Outcome, double Amount, double Risk, double Odds);
