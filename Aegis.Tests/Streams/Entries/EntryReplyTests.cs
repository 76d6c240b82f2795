using System.Text;
using Aegis.Core.Decisions;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using StackExchange.Redis;

namespace Aegis.Tests.Streams.Entries;

public sealed class EntryReplyTests
{
    [Fact]
    public void Read_OfEntries_TakesTheirPositionsKindsAndBytes()
    {
        var entries = EntryReply.Read(3, Array(Entry("1700000000000-0", "b", "abc"), Entry("1700000000000-1", "json", "{}")))!;
        Assert.Equal(3, entries.Shard);
        Assert.Equal(
            [
                new RawEntry(new LogPosition(1_700_000_000_000, 0), EntryKind.Binary, 0, 3),
                new RawEntry(new LogPosition(1_700_000_000_000, 1), EntryKind.Json, 3, 2),
            ],
            entries.Entries.ToArray());
        Assert.Equal("abc{}", Encoding.ASCII.GetString(entries.Bytes));
        entries.Release();
    }

    [Fact]
    public void Read_OfNone_IsNull()
    {
        Assert.Null(EntryReply.Read(0, Array()));
        Assert.Null(EntryReply.Read(0, RedisResult.Create(RedisValue.Null)));
    }

    [Theory]
    [InlineData(new[] { "x", "1", "b", "abc" }, EntryKind.Binary, "abc")]
    [InlineData(new[] { "json", "{}", "b", "abc" }, EntryKind.Json, "{}")]
    [InlineData(new[] { "x", "b", "y", "2" }, EntryKind.Unknown, "x\nb\ny\n2\n")]
    [InlineData(new[] { "x", "1", "b" }, EntryKind.Unknown, "x\n1\nb\n")]
    [InlineData(new string[0], EntryKind.Unknown, "")]
    public void Read_OfSeveralFields_TakesTheFirstThatIsKnown_OrKeepsAll(string[] fields, EntryKind kind, string bytes)
    {
        var entries = EntryReply.Read(0, Array(Entry("1-0", fields), Entry("2-0", "label", "L")))!;
        Assert.Equal((kind, 0, bytes.Length), (entries.Entries[0].Kind, entries.Entries[0].Offset, entries.Entries[0].Length));
        Assert.Equal(new RawEntry(new LogPosition(2, 0), EntryKind.Label, bytes.Length, 1), entries.Entries[1]);
        Assert.Equal($"{bytes}L", Encoding.ASCII.GetString(entries.Bytes));
        entries.Release();
    }

    [Fact]
    public void Read_OfManyLargeEntries_KeepsThemAll()
    {
        var reply = Array([.. Enumerable.Range(0, 100).Select(i => Entry($"{i + 1}-0", "b", new string((char)('a' + (i % 26)), 5_000)))]);
        var entries = EntryReply.Read(0, reply)!;
        Assert.Equal(100, entries.Entries.Length);
        for (var i = 0; i < 100; i++)
        {
            var entry = entries.Entries[i];
            Assert.Equal((i + 1L, 5_000 * i, 5_000), (entry.Position.Milliseconds, entry.Offset, entry.Length));
            Assert.Equal(-1, entries.Bytes.Slice(entry.Offset, entry.Length).IndexOfAnyExcept((byte)('a' + (i % 26))));
        }

        entries.Release();
    }

    [Fact]
    public void Read_StopsBeforeAnIdThatIsNoPosition()
    {
        var entries = EntryReply.Read(0, Array(Entry("1-0", "b", "x"), Entry("18446744073709551615-1", "b", "y")))!;
        Assert.Equal(new LogPosition(1, 0), Assert.Single(entries.Entries.ToArray()).Position);
        entries.Release();
        Assert.Null(EntryReply.Read(0, Array(Entry("1-18446744073709551615", "b", "y"))));
    }

    [Theory]
    [InlineData("18446744073709551615-1")]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("a-b")]
    public void PositionOf_AnythingElse_IsRefused(string id) => Assert.Equal(
        "An entry's id is not milliseconds-sequence.",
        Assert.Throws<RedisProtocolException>(() => EntryReply.PositionOf(Entry(id, "b", "x"))).Message);

    private static RedisResult Entry(string id, params string[] fields) =>
        Array(RedisResult.Create((RedisValue)id), Array([.. fields.Select(field => RedisResult.Create((RedisValue)field))]));

    private static RedisResult Array(params RedisResult[] items) => RedisResult.Create(items);
}
