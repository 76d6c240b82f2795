using Aegis.Streams.Volumes;

namespace Aegis.Tests.Streams.Volumes;

public sealed class ByteCountTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1_023, "1023 bytes")]
    [InlineData(1_024, "1 KiB")]
    [InlineData(512L << 20, "512 MiB")]
    [InlineData(1_503_238_554, "1.4 GiB")]
    [InlineData(2_048L << 40, "2048 TiB")]
    public void Text_TakesTheUnitThatFits(long bytes, string text) => Assert.Equal(text, ByteCount.Text(bytes));
}
