using Aegis.Core.Decisions;

namespace Aegis.Streams;

/// <summary>An entry as it stands in a shard's log.</summary>
/// <param name="Position">Its place.</param>
/// <param name="Fields">Field names and values in turn, as appended.</param>
public readonly record struct LogEntry(LogPosition Position, ReadOnlyMemory<byte>[] Fields)
{
    /// <summary>The value of a field; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Field(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i + 1 < Fields.Length; i += 2)
        {
            if (Fields[i].Span.SequenceEqual(name))
            {
                return Fields[i + 1];
            }
        }

        return null;
    }
}

/// <summary>Entries of one shard, in order.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Entries">At least one.</param>
public sealed record ShardEntries(int Shard, IReadOnlyList<LogEntry> Entries);
