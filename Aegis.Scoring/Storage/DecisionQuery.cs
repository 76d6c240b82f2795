using Aegis.Core.Decisions;
using Aegis.Core.Transactions;

namespace Aegis.Scoring.Storage;

/// <summary>Selects decisions, newest first.</summary>
internal sealed record DecisionQuery
{
    private readonly string? _merchant;
    private readonly string? _foldedMerchant;

    /// <summary>Only this outcome.</summary>
    public DecisionOutcome? Outcome { get; init; }

    /// <summary>Only review and decline.</summary>
    public bool IsFlaggedOnly { get; init; }

    /// <summary>Only this card.</summary>
    public string? CardToken { get; init; }

    /// <summary>Only this country.</summary>
    public string? Country { get; init; }

    /// <summary>Only merchants whose id is this text or whose name contains it, whatever the case and accents.</summary>
    public string? Merchant
    {
        get => _merchant;
        init
        {
            _merchant = value;
            _foldedMerchant = value is null ? null : MerchantNames.Fold(value);
        }
    }

    /// <summary>Only decisions below this sequence, taken from the page before.</summary>
    public long? Before { get; init; }

    /// <summary>The largest number of decisions.</summary>
    public required int Limit { get; init; }

    /// <summary>True if the query asks for no merchant, or for this transaction's.</summary>
    public bool IsOfMerchant(Transaction transaction) => _merchant is null || transaction.MerchantId == _merchant
        || (transaction.MerchantName is { } name && MerchantNames.Fold(name).Contains(_foldedMerchant!, StringComparison.Ordinal));
}

/// <summary>A page of decisions.</summary>
/// <param name="Decisions">The decisions, newest first.</param>
/// <param name="Next">The next page's <see cref="DecisionQuery.Before"/>; null if this is the last page.</param>
internal sealed record DecisionMatches(IReadOnlyList<StoredDecision> Decisions, long? Next);

/// <summary>A decision and its place in the order of commits.</summary>
internal readonly record struct StoredDecision(long Sequence, Decision Decision);
