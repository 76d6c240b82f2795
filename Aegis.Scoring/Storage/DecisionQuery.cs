using Aegis.Core.Decisions;

namespace Aegis.Scoring.Storage;

/// <summary>Which decisions are wanted, newest first.</summary>
/// <param name="Outcome">Only this outcome.</param>
/// <param name="IsFlaggedOnly">Only review and decline.</param>
/// <param name="CardToken">Only this card.</param>
/// <param name="Country">Only this country.</param>
/// <param name="Before">Only what stands before this key, from the page before.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record DecisionQuery(DecisionOutcome? Outcome, bool IsFlaggedOnly, string? CardToken, string? Country, PageKey? Before, int Limit);

/// <summary>Where a page ended: the key of its last decision.</summary>
internal readonly record struct PageKey(LogPosition Position, int Shard)
{
    /// <summary>Reads <c>1700000000000-3-12</c>.</summary>
    public static bool TryParse(string text, out PageKey key)
    {
        key = default;
        var dash = text.LastIndexOf('-');
        if (dash < 0 || !LogPosition.TryParse(text.AsSpan(0, dash), out var position) || !int.TryParse(text.AsSpan(dash + 1), out var shard))
        {
            return false;
        }

        key = new PageKey(position, shard);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Position}-{Shard}";
}
