using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Shards;

/// <summary>Holds the payments of a block's rows until their features are computed. Only the shard's thread uses it.</summary>
/// <remarks>Features of several rows are computed together, so the next row's history is fetched meanwhile. They are
/// computed before anything else changes the histories.</remarks>
internal sealed class PaymentRows(ShardHistories histories)
{
    private CardHistory[] _before = new CardHistory[DecisionBlock.FullAt];
    private Payment[] _payments = new Payment[DecisionBlock.FullAt];
    private bool[] _isLate = new bool[DecisionBlock.FullAt];
    private int _extracted;

    /// <summary>For each row of the block, the card's history before it.</summary>
    public ReadOnlySpan<CardHistory> Before => _before;

    /// <summary>Begins a block.</summary>
    public void Begin() => _extracted = 0;

    /// <summary>Sets the payment of a row.</summary>
    public void Set(int row, in Payment payment)
    {
        if (row == _payments.Length)
        {
            Array.Resize(ref _payments, 2 * row);
            Array.Resize(ref _before, 2 * row);
            Array.Resize(ref _isLate, 2 * row);
        }

        _payments[row] = payment;
    }

    /// <summary>Computes the features of the rows that still lack them, and adds their payments to the histories.</summary>
    public void Extract(DecisionBlock block)
    {
        var rows = _extracted..block.Count;
        histories.ExtractAndAdd(
            _payments.AsSpan(rows), block.Features[(_extracted * FeatureSchema.Count)..], _before.AsSpan(rows), _isLate.AsSpan(rows));
        for (; _extracted < block.Count; _extracted++)
        {
            block.Rows[_extracted].IsLate = _isLate[_extracted];
        }
    }
}
