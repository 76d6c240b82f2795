using System.Globalization;

namespace Aegis.Streams.Appending;

/// <summary>The items of a producer that are in the log, gathered from the records of all shards.</summary>
/// <remarks>
/// A shard's record stands beside its log and moves in the same transaction. For example, <c>99 102 105</c> means: all
/// items up to number 99 are in some shard's log, and of the later ones this shard has 102 and 105. So after an
/// interruption each item is known to be in the log or not. This holds even for a source that would now make other
/// items of the same numbers.
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

    /// <summary>All items up to this number are in the log; 0 if there are none.</summary>
    public long Complete { get; private set; }

    /// <summary>The highest number in the log; 0 if there is none.</summary>
    public long Highest => Math.Max(Complete, _all.Count == 0 ? 0 : _all.Max());

    /// <summary>True if an item is in the log.</summary>
    public bool Has(long number) => number <= Complete || _all.Contains(number);

    /// <summary>True if a shard's record names an item. Records no longer name items up to <see cref="Complete"/>:
    /// false for those.</summary>
    internal bool Names(int shard, long number) => _later[shard].Contains(number);

    /// <summary>Combines the shards' records.</summary>
    /// <param name="records">One record a shard; null if the producer has never appended to it.</param>
    /// <exception cref="FormatException">A text is not a record.</exception>
    internal static ProducerProgress Of(IReadOnlyList<string?> records)
    {
        var numbers = records.Select(record => record is null ? [0] : record.Split(' ').Select(Number).ToArray()).ToArray();
        var complete = numbers.Max(record => record[0]);
        return new ProducerProgress(complete, [.. numbers.Select(record => record.Skip(1).Where(number => number > complete).ToList())]);
    }

    /// <summary>A shard's record after more items are added to its log.</summary>
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
