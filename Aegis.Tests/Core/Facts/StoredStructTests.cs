using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class StoredStructTests
{
    [Fact]
    public void Put_ThenTake_GivesBackOneStructAfterTheOther()
    {
        var bytes = new byte[17];
        Span<byte> to = bytes;
        var (small, large) = (0x1234, 5.5);
        StoredStruct.Put(in small, ref to);
        StoredStruct.Put(in large, ref to);
        StoredStruct.Put([9, 8], ref to);
        Assert.Equal(3, to.Length);
        Assert.Equal([0x34, 0x12, 0, 0], bytes[..4]);

        ReadOnlySpan<byte> from = bytes;
        Assert.Equal(small, StoredStruct.Take<int>(ref from));
        Assert.Equal(large, StoredStruct.Take<double>(ref from));
        Assert.Equal([9, 8, 0, 0, 0], from.ToArray());
    }

    [Fact]
    public void Take_OfJustEnoughBytes_LeavesNone_AndOfFewerIsRefused()
    {
        ReadOnlySpan<byte> bytes = [1, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(1, StoredStruct.Take<long>(ref bytes));
        Assert.True(bytes.IsEmpty);
        var refusal = Assert.Throws<FormatException>(() =>
        {
            ReadOnlySpan<byte> cut = [1, 2, 3];
            StoredStruct.Take<int>(ref cut);
        });
        Assert.Equal("Int32 in 3 bytes; allowed: 4.", refusal.Message);
    }

    [Fact]
    public void BytesOf_AreWhereTheStructLies()
    {
        var value = 0x0102030405060708;
        var bytes = StoredStruct.BytesOf(in value);
        Assert.Equal((8, 8, 1), (bytes.Length, bytes[0], bytes[7]));
        value = 0;
        Assert.Equal(0, bytes[0]);
    }
}
