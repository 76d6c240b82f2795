using Aegis.Core.Decisions;
using Aegis.Streams.Reading;

namespace Aegis.Tests.Streams.Reading;

public sealed class LogExtentTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void HoldsAllAfter_TheStart_WhereNothingWasTrimmed(bool isTrimmed, bool holds)
    {
        Assert.Equal(holds, new LogExtent(new LogPosition(5, 0), isTrimmed).HoldsAllAfter(LogPosition.Start));
        Assert.Equal(holds, new LogExtent(null, isTrimmed).HoldsAllAfter(LogPosition.Start));
    }

    [Theory]
    [InlineData(4, 9, false)]
    [InlineData(5, 0, true)]
    [InlineData(5, 1, true)]
    [InlineData(6, 0, true)]
    public void HoldsAllAfter_APositionThatWasRead_WhereTheFirstEntryIsNotBehindIt(long milliseconds, long sequence, bool holds)
    {
        Assert.Equal(holds, new LogExtent(new LogPosition(5, 0), IsTrimmed: true).HoldsAllAfter(new LogPosition(milliseconds, sequence)));
        Assert.False(new LogExtent(null, IsTrimmed: false).HoldsAllAfter(new LogPosition(milliseconds, sequence)));
    }
}
