using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>A bounded sample of a stream of rows, in which a row's chance falls with its age. Forests are fitted on it.</summary>
/// <remarks>
/// Sampling without replacement by weight exp(t/τ) (Efraimidis, Spirakis 2006, A-Res). Their key u^(1/w) orders rows as
/// t/τ - ln(-ln u) does. This form does not overflow, and needs no update as rows age. Event times may come in any
/// order. One thread at a time.
/// </remarks>
public sealed class DecayingReservoir
{
    private readonly float[] _rows;
    private readonly PriorityQueue<int, double> _slots;
    private readonly TimeSpan _decayTime;
    private SeededRandom _random;
    private DateTimeOffset? _origin;

    /// <param name="capacity">The number of rows kept, 1 to 10,000,000.</param>
    /// <param name="columns">Values for each row, 1 or more. All rows together must fit an array.</param>
    /// <param name="decayTime">τ, above zero. A row older by τ has 1/e of the weight.</param>
    /// <param name="seed">Decides which rows stay.</param>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public DecayingReservoir(int capacity, int columns, TimeSpan decayTime, ulong seed)
    {
        Require(capacity is >= 1 and <= 10_000_000, nameof(capacity), capacity, "1 to 10,000,000");
        Require(columns >= 1 && columns <= Array.MaxLength / capacity, nameof(columns), columns,
            $"1 to {Array.MaxLength / capacity:N0} of {capacity:N0} rows");
        Require(decayTime > TimeSpan.Zero, nameof(decayTime), decayTime, "above 0");
        Columns = columns;
        Capacity = capacity;
        _decayTime = decayTime;
        _random = new SeededRandom(seed);
        _rows = new float[capacity * columns];
        _slots = new PriorityQueue<int, double>(capacity);
    }

    /// <summary>The largest number of rows kept.</summary>
    public int Capacity { get; }

    /// <summary>Values per row.</summary>
    public int Columns { get; }

    /// <summary>The number of rows kept now.</summary>
    public int Count => _slots.Count;

    /// <summary>Offers a row. Chance and age decide whether it stays. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public void Add(ReadOnlySpan<float> row, DateTimeOffset eventTime)
    {
        if (row.Length != Columns)
        {
            throw new ArgumentException($"A row has {row.Length} values; allowed: {Columns}.", nameof(row));
        }

        _origin ??= eventTime;
        var priority = ((eventTime - _origin.Value) / _decayTime) - Math.Log(-Math.Log(_random.NextDouble()));
        if (Count < Capacity)
        {
            Keep(row, Count, priority);
        }
        else if (_slots.TryPeek(out var slot, out var lowest) && priority > lowest)
        {
            _slots.Dequeue();
            Keep(row, slot, priority);
        }
    }

    /// <summary>A copy of the rows kept, one after another, as <see cref="IsolationForestTrainer"/> takes them.</summary>
    public float[] ToRows() => _rows.AsSpan(0, Count * Columns).ToArray();

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is '{value}'; allowed: {allowed}."), name);
        }
    }

    private void Keep(ReadOnlySpan<float> row, int slot, double priority)
    {
        row.CopyTo(_rows.AsSpan(slot * Columns));
        _slots.Enqueue(slot, priority);
    }
}
