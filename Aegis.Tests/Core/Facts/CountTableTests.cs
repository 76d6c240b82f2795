using System.Runtime.CompilerServices;
using Aegis.Core.Facts;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Facts;

public sealed class CountTableTests
{
    [Fact]
    public void Of_RandomKeys_CountsAsADictionaryWould_InTheOrderOfFirstMeeting()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var random = new SeededRandom(seed);
            var table = new CountTable<long>();
            var expected = new Dictionary<ulong, long>();
            var order = new List<ulong>();
            for (var i = 0; i < 500; i++)
            {
                var key = (ulong)random.NextInt(200) * 0x9e3779b97f4a7c15;
                if (expected.TryAdd(key, 0))
                {
                    order.Add(key);
                }

                expected[key] += i;
                table.Of(key) += i;
            }

            Assert.Equal(order, table.Keys.ToArray());
            Assert.Equal(order.Select(key => expected[key]), table.Items.ToArray());
            Assert.All(expected, pair => Assert.Equal(pair.Value, table.Find(pair.Key)));
            Assert.Equal(order.Count, table.Count);
        }
    }

    [Fact]
    public void Keep_ForgetsWhatIsWorthNothing_AndKeepsTheOrderOfTheRest()
    {
        var table = new CountTable<long>();
        for (var key = 1UL; key <= 500; key++)
        {
            table.Of(key) = (long)(key % 3);
        }

        Assert.Equal(166, table.Keep(1_000, (in long value) => value));
        ulong[] kept = [.. Enumerable.Range(1, 500).Where(key => key % 3 != 0).Select(key => (ulong)key)];
        Assert.Equal(kept, table.Keys.ToArray());
        Assert.All(kept, key => Assert.Equal((long)(key % 3), table.Find(key)));
        Assert.False(table.Knows(3));
        table.Of(3) = 7;
        Assert.Equal((7, 335), (table.Find(3), table.Count));
    }

    /// <summary>Of 400 where 100 may stay, the 75 that are worth most; of equals those met first.</summary>
    [Fact]
    public void Keep_BeyondTheLimit_ForgetsTheLeastAndAQuarterMore()
    {
        var table = new CountTable<long>();
        for (var key = 1UL; key <= 400; key++)
        {
            table.Of(key) = key <= 200 ? 5 : key <= 250 ? 9 : 1;
        }

        Assert.Equal(325, table.Keep(100, (in long value) => value));
        Assert.Equal(
            Enumerable.Range(1, 25).Concat(Enumerable.Range(201, 50)).Select(key => (ulong)key), table.Keys.ToArray());
        Assert.Equal(0, table.Keep(100, (in long value) => value));
    }

    [Fact]
    public void Find_OfAnUnknownKey_IsZeroAndItsReferenceNull()
    {
        var table = new CountTable<long>();
        table.Of(1) = 5;
        Assert.Equal((5, 0), (table.Find(1), table.Find(2)));
        Assert.True(Unsafe.IsNullRef(in table.FindReference(2)));
        Assert.Equal(5, table.FindReference(1));
        Assert.Equal(1, table.Count);
        table.PrefetchIndex(2);
        table.Prefetch(2);
        table.Prefetch(1);
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void Clear_ForgetsKeysAndCounts()
    {
        var table = new CountTable<long>();
        for (var key = 1UL; key <= 100; key++)
        {
            table.Of(key) = 9;
        }

        table.Clear();
        Assert.Equal((0, 0, 0), (table.Count, table.Keys.Length, table.Find(5)));
        Assert.Equal(0, table.Of(7));
        Assert.Equal([7UL], table.Keys.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Write_ThenRead_GivesTheSameTable(int count)
    {
        var table = Table(count);
        Assert.Equal(4 + (16 * count), table.ByteCount);
        var bytes = new byte[table.ByteCount + 3];
        Span<byte> to = bytes;
        table.Write(ref to);
        Assert.Equal(3, to.Length);

        var read = new CountTable<long>();
        ReadOnlySpan<byte> from = bytes;
        read.Read(ref from);
        Assert.Equal(3, from.Length);
        Assert.Equal(table.Keys.ToArray(), read.Keys.ToArray());
        Assert.Equal(table.Items.ToArray(), read.Items.ToArray());
        Assert.Equal(table.Fingerprint(1), read.Fingerprint(1));
    }

    [Fact]
    public void Read_OfACutOrWrongTable_SaysWhy()
    {
        Assert.Equal("A table of -1 facts in 3 bytes; allowed: 4 bytes and 16 a fact.", Refusal([1, 0, 0]));
        Assert.Equal("A table of -2 facts in 4 bytes; allowed: 4 bytes and 16 a fact.", Refusal([0xfe, 0xff, 0xff, 0xff]));
        Assert.Equal("A table of 1 facts in 19 bytes; allowed: 4 bytes and 16 a fact.", Refusal([1, 0, 0, 0, .. new byte[15]]));
        Assert.Equal("A table of facts holds 1 keys; it says 2.", Refusal([2, 0, 0, 0, .. new byte[32]]));
    }

    [Fact]
    public void Fingerprint_ChangesWithEachKeyCountOrSeed()
    {
        var fingerprint = Table(10).Fingerprint(1);
        Assert.Equal(fingerprint, Table(10).Fingerprint(1));
        Assert.NotEqual(fingerprint, Table(10).Fingerprint(2));
        Assert.NotEqual(fingerprint, Table(11).Fingerprint(1));
        var other = Table(10);
        other.Of(3)++;
        Assert.NotEqual(fingerprint, other.Fingerprint(1));
    }

    private static CountTable<long> Table(int count)
    {
        var table = new CountTable<long>();
        for (var key = 1; key <= count; key++)
        {
            table.Of((ulong)key) = 3 * key;
        }

        return table;
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<FormatException>(() =>
    {
        ReadOnlySpan<byte> from = bytes;
        new CountTable<long>().Read(ref from);
    }).Message;
}
