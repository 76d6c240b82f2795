using Aegis.Client;

namespace Aegis.Scoring.Storage;

/// <summary>A case as the store holds it.</summary>
internal sealed class CaseRow
{
    /// <summary>The columns of a case.</summary>
    public const string Columns = "id, card, state, opened_ms AS OpenedMs, changed_ms AS ChangedMs, alerts, undecided, amount, priority, owner, owned_until_ms AS OwnedUntilMs";

    public long Id { get; init; }
    public string Card { get; init; } = "";
    public long State { get; init; }
    public long OpenedMs { get; init; }
    public long ChangedMs { get; init; }
    public int Alerts { get; init; }
    public int Undecided { get; init; }
    public double Amount { get; init; }
    public double Priority { get; init; }
    public string? Owner { get; init; }
    public long? OwnedUntilMs { get; init; }

    /// <summary>True if somebody else works on it.</summary>
    public bool IsLockedFor(string by, DateTimeOffset now) =>
        Owner is not null && Owner != by && now.ToUnixTimeMilliseconds() < OwnedUntilMs;

    /// <summary>The case for callers. An owner who has been idle for too long is none.</summary>
    public CaseSummary ToSummary(DateTimeOffset now)
    {
        var isOwned = Owner is not null && now.ToUnixTimeMilliseconds() < OwnedUntilMs;
        return new CaseSummary(
            Id, Card, (CaseState)State, DateTimeOffset.FromUnixTimeMilliseconds(OpenedMs),
            DateTimeOffset.FromUnixTimeMilliseconds(ChangedMs), Alerts, Undecided, Math.Round(Amount, 2), Math.Round(Priority, 2),
            isOwned ? Owner : null,
            isOwned ? DateTimeOffset.FromUnixTimeMilliseconds(OwnedUntilMs!.Value) : null);
    }
}
