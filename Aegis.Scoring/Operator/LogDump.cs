using Aegis.Core.Decisions;

namespace Aegis.Scoring.Operator;

/// <summary>An entry as Redis holds it, whatever its content.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The entry's id.</param>
/// <param name="Fields">Names and values, alternating.</param>
internal readonly record struct DumpedEntry(int Shard, LogPosition Position, IReadOnlyList<ReadOnlyMemory<byte>> Fields);

/// <summary>Entries in a file, in order. An entry is shard, milliseconds, sequence, number of byte strings, then each
/// string after its length; little-endian.</summary>
internal static class LogDump
{
    /// <summary>Adds an entry.</summary>
    public static void Write(BinaryWriter writer, DumpedEntry entry)
    {
        writer.Write(entry.Shard);
        writer.Write(entry.Position.Milliseconds);
        writer.Write(entry.Position.Sequence);
        writer.Write(entry.Fields.Count);
        foreach (var field in entry.Fields)
        {
            writer.Write(field.Length);
            writer.Write(field.Span);
        }
    }

    /// <summary>Reads all entries; the file's checksum was verified before.</summary>
    public static IEnumerable<DumpedEntry> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var shard = reader.ReadInt32();
            var position = new LogPosition(reader.ReadInt64(), reader.ReadInt64());
            var fields = new ReadOnlyMemory<byte>[reader.ReadInt32()];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = reader.ReadBytes(reader.ReadInt32());
            }

            yield return new DumpedEntry(shard, position, fields);
        }
    }
}
