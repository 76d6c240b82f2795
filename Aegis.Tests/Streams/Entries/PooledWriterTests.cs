using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class PooledWriterTests
{
    [Fact]
    public void Write_BeyondTheCapacity_KeepsWhatWasWritten()
    {
        var writer = new PooledWriter(16);
        var expected = new List<byte>();
        for (var length = 0; length < 200; length++)
        {
            byte[] bytes = [.. Enumerable.Repeat((byte)length, length)];
            writer.Write(bytes);
            expected.AddRange(bytes);
            Assert.Equal(expected.Count, writer.Length);
        }

        var taken = writer.Take();
        Assert.Equal(expected, taken.Span.ToArray());
        taken.Return();
    }

    [Fact]
    public void Write_OfMoreThanTwiceTheCapacity_FitsAtOnce()
    {
        var writer = new PooledWriter(1);
        writer.Write([1, 2]);
        writer.Write(new byte[100_000]);
        var taken = writer.Take();
        Assert.Equal((100_002, 2, 0), (taken.Length, taken.Span[1], taken.Span[100_001]));
        taken.Return();
    }
}
