using System.Buffers;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;

namespace Aegis.Streams.Entries;

/// <summary>The kind of an entry, by the name of its field.</summary>
public enum EntryKind : byte
{
    /// <summary>None of the known fields.</summary>
    Unknown,

    /// <summary><see cref="MessageCodec.BinaryField"/>.</summary>
    Binary,

    /// <summary><see cref="MessageCodec.JsonField"/>.</summary>
    Json,

    /// <summary><see cref="ControlEntry.Field"/>.</summary>
    Control,

    /// <summary><see cref="LabelView.Field"/>.</summary>
    Label,
}

/// <summary>An entry's place within the bytes that it was read with.</summary>
/// <param name="Position">The entry's id in the log.</param>
/// <param name="Kind">The entry's kind.</param>
/// <param name="Offset">The start of the value of its field; for an unknown kind, of all its fields.</param>
/// <param name="Length">The number of bytes.</param>
public readonly record struct RawEntry(LogPosition Position, EntryKind Kind, int Offset, int Length);

/// <summary>Entries of one shard, in order, with their bytes one after another. Users are counted: the memory returns
/// to the pool when the last user releases it.</summary>
public sealed class ShardEntries
{
    private readonly PooledBytes _bytes;
    private readonly RawEntry[] _entries;
    private readonly int _count;
    private int _users = 1;

    internal ShardEntries(int shard, PooledBytes bytes, RawEntry[] pooledEntries, int count)
    {
        Shard = shard;
        _bytes = bytes;
        _entries = pooledEntries;
        _count = count;
    }

    /// <summary>The shard.</summary>
    public int Shard { get; }

    /// <summary>The entries; at least one.</summary>
    public ReadOnlySpan<RawEntry> Entries => _entries.AsSpan(0, _count);

    /// <summary>The bytes that the entries point into.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Makes entries by hand, for tests and tools.</summary>
    public static ShardEntries Of(int shard, IReadOnlyList<(LogPosition Position, string Field, byte[] Value)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var bytes = new PooledWriter(capacity: 256);
        var raw = ArrayPool<RawEntry>.Shared.Rent(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var (position, field, value) = entries[i];
            raw[i] = new RawEntry(position, KindOf(System.Text.Encoding.ASCII.GetBytes(field)), bytes.Length, value.Length);
            bytes.Write(value);
        }

        return new ShardEntries(shard, bytes.Take(), raw, entries.Count);
    }

    /// <summary>Keeps the memory for one more user.</summary>
    public void Retain() => Interlocked.Increment(ref _users);

    /// <summary>Tells that one user has finished.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            ArrayPool<RawEntry>.Shared.Return(_entries);
            _bytes.Return();
        }
    }

    /// <summary>The kind that a field's name stands for.</summary>
    internal static EntryKind KindOf(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("b"u8) ? EntryKind.Binary
        : field.SequenceEqual("json"u8) ? EntryKind.Json
        : field.SequenceEqual("control"u8) ? EntryKind.Control
        : field.SequenceEqual("label"u8) ? EntryKind.Label
        : EntryKind.Unknown;
}
