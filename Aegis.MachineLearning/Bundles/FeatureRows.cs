using Aegis.Core.Features;
using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Feature vectors of past payments, in time order, and the other data that training and evaluation need.</summary>
public sealed class FeatureRows
{
    private readonly List<float> _features = [];
    private readonly List<string> _cards = [];
    private readonly List<int> _days = [];
    private readonly List<bool> _frauds = [];
    private readonly List<ulong> _idHashes = [];

    /// <summary>The number of payments.</summary>
    public int Count => _cards.Count;

    /// <summary>Row after row, <see cref="FeatureSchema.Count"/> values each.</summary>
    public ReadOnlySpan<float> Features => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_features);

    /// <summary>Card tokens.</summary>
    public IReadOnlyList<string> Cards => _cards;

    /// <summary>UTC calendar days, <see cref="DateOnly.DayNumber"/>.</summary>
    public IReadOnlyList<int> Days => _days;

    /// <summary>Labels; never an input of a model.</summary>
    public IReadOnlyList<bool> Frauds => _frauds;

    /// <summary>The <see cref="StableHash"/> of each transaction's id; it breaks ties at a threshold.</summary>
    public IReadOnlyList<ulong> IdHashes => _idHashes;

    /// <summary>One payment's vector.</summary>
    public ReadOnlySpan<float> this[int row] => Features.Slice(row * FeatureSchema.Count, FeatureSchema.Count);

    /// <summary>False for a feature that has one value in all rows: it tells nothing.</summary>
    public bool Varies(Feature feature)
    {
        for (var row = 1; row < Count; row++)
        {
            if (this[row][(int)feature] != this[0][(int)feature])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends a payment.</summary>
    public void Add(ReadOnlySpan<float> features, string card, int day, bool isFraud, ulong idHash)
    {
        _features.AddRange(features);
        _cards.Add(card);
        _days.Add(day);
        _frauds.Add(isFraud);
        _idHashes.Add(idHash);
    }
}
