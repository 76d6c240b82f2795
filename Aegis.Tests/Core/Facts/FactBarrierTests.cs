using Aegis.Core.Facts;

namespace Aegis.Tests.Core.Facts;

public sealed class FactBarrierTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(59_999, 0)]
    [InlineData(60_000, 60_000)]
    [InlineData(60_001, 60_000)]
    [InlineData(1_767_225_630_000, 1_767_225_600_000)]
    public void At_IsTheLastWholeInterval_ReadingTheOneBefore(long timeMs, long end) =>
        Assert.Equal(new FactBarrier(end, end - 60_000), FactBarrier.At(timeMs, 60_000));
}
