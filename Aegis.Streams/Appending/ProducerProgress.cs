using System.Globalization;

namespace Aegis.Streams.Appending;

/// <summary>Which of a producer's items are in the log, put together from what each shard says of itself.</summary>
/// <remarks>
/// A shard's record, for example <c>99 102 105</c>, stands beside its log and moves in the same transaction: all items up to number 99 are
/// in some shard's log, and of the later
/// ones 102 and 105 are in this one's. So what was cut off halfway is known item by item, even to a source that would make other items of
/// the same numbers now.
/// </remarks>
public sealed class ProducerProgress
{
    private readonly List<long>[] _later;
    private readonly HashSet<long> _all = [];

    private ProducerProgress(long complete, List<long>[] later)
    {
        Complete = complete;
        _later = later;
        _all.UnionWith(later.SelectMany(numbers => numbers));
    }

    /// <summary>All items up to this number are in the log; 0 for none.</summary>
    public long Complete { get; private set; }

    /// <summary>The highest number in the log; 0 for none.</summary>
    public long Highest => Math.Max(Complete, _all.Count == 0 ? 0 : _all.Max());

    /// <summary>True where an item is in the log.</summary>
    public bool Has(long number) => number <= Complete || _all.Contains(number);

    /// <summary>True where a shard says that it has an item; false for items up to <see cref="Complete"/> of which nothing is said any
    /// more.</summary>
    internal bool Names(int shard, long number) => _later[shard].Contains(number);

    /// <summary>Puts the shards' records together.</summary>
    /// <param name="records">One a shard, null where the producer has never appended to it.</param>
    /// <exception cref="FormatException">Not a record.</exception>
    internal static ProducerProgress Of(IReadOnlyList<string?> records)
    {
        var numbers = records.Select(record => record is null ? [0] : record.Split(' ').Select(Number).ToArray()).ToArray();
        var complete = numbers.Max(record => record[0]);
        return new ProducerProgress(complete, [.. numbers.Select(record => record.Skip(1).Where(number => number > complete).ToList())]);
    }

    /// <summary>What a shard's record becomes with more items in its log.</summary>
    internal string Record(int shard, IEnumerable<long> adding) =>
        string.Join(' ', _later[shard].Concat(adding).Where(number => number > Complete).Distinct().Prepend(Complete));

    /// <summary>Notes that everything up to a number is in the log.</summary>
    internal void CompleteUpTo(long number)
    {
        Complete = number;
        _all.RemoveWhere(known => known <= number);
        foreach (var shard in _later)
        {
            shard.RemoveAll(known => known <= number);
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"A producer's progress holds '{text}'; allowed: numbers, 0 and more.");
}
