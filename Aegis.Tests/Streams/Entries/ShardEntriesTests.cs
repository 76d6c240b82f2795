using System.Text;
using Aegis.Core.Decisions;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class ShardEntriesTests
{
    [Fact]
    public void Of_Entries_PointsIntoTheirBytesOneAfterAnother()
    {
        byte[] large = [.. Enumerable.Range(0, 1_000).Select(i => (byte)i)];
        var entries = ShardEntries.Of(7, [(new LogPosition(1, 0), "b", [1, 2, 3]), (new LogPosition(1, 1), "json", []),
            (new LogPosition(2, 0), "label", large)]);
        Assert.Equal(7, entries.Shard);
        Assert.Equal(
            [
                new RawEntry(new LogPosition(1, 0), EntryKind.Binary, 0, 3), new RawEntry(new LogPosition(1, 1), EntryKind.Json, 3, 0),
                new RawEntry(new LogPosition(2, 0), EntryKind.Label, 3, 1_000),
            ],
            entries.Entries.ToArray());
        Assert.Equal([1, 2, 3, .. large], entries.Bytes.ToArray());
        entries.Release();
    }

    [Theory]
    [InlineData("b", EntryKind.Binary)]
    [InlineData("json", EntryKind.Json)]
    [InlineData("control", EntryKind.Control)]
    [InlineData("label", EntryKind.Label)]
    [InlineData("", EntryKind.Unknown)]
    [InlineData("B", EntryKind.Unknown)]
    [InlineData("bb", EntryKind.Unknown)]
    [InlineData("jso", EntryKind.Unknown)]
    [InlineData("labels", EntryKind.Unknown)]
    public void KindOf_AFieldsName_IsThatOfTheKnownOnes(string field, EntryKind kind) =>
        Assert.Equal(kind, ShardEntries.KindOf(Encoding.ASCII.GetBytes(field)));

    [Fact]
    public void KindOf_TheFieldsThatWritersUse_IsKnown() => Assert.Equal(
        [EntryKind.Binary, EntryKind.Json, EntryKind.Control, EntryKind.Label],
        new[] { MessageCodec.BinaryField, MessageCodec.JsonField, ControlEntry.Field, LabelView.Field }
            .Select(field => ShardEntries.KindOf(Encoding.ASCII.GetBytes(field))));
}
