using Aegis.Core.Transactions;
using Aegis.Training.Sources;

namespace Aegis.Tests.Training.Sources;

public sealed class RowSequenceTests
{
    private readonly RowSequence _rows = new();
    private long _line;

    [Fact]
    public void Add_OfRowsUpToADayBehindTheNewest_TakesThem()
    {
        Assert.Null(Add("a", 0));
        Assert.Null(Add("b", 30));
        Assert.Null(Add("c", 6));
        // The newest stays the one of line 2.
        Assert.Null(Add("d", 6));
        Assert.Equal(
            "eventTime is '2026-03-01 17:59:59Z'; allowed: at most 24 hours before 2026-03-02 18:00:00Z of line 2; sort the file by time",
            Refusal("e", 6 - (1 / 3_600.0)));
        Assert.Null(Add("f", 31));
        Assert.StartsWith("eventTime is ", Refusal("g", 6.9), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(23.9, false)]
    [InlineData(47.9, false)]
    [InlineData(48, true)]
    [InlineData(1_000, true)]
    public void Add_OfAnIdOfTheDayBefore_IsRefused(double hours, bool isTaken)
    {
        // It came at the beginning of a period of 24 hours, and is known to the end of the next.
        Add("a", 0);
        Add("b", 1);
        var fault = Add("a", hours)?.ToString();
        Assert.Equal(isTaken ? null : "id is 'a'; allowed: an id that no payment of the day before has; line 1 has it", fault);
    }

    [Fact]
    public void Add_OfAnIdAtTheEndOfAPeriod_IsKnownForADayMore()
    {
        Add("a", 0);
        Add("b", 23.99);
        Add("c", 24);
        Assert.NotNull(Add("b", 47.9));
        // With the period from 48 hours on, those of the first one are forgotten.
        Assert.Null(Add("d", 48));
        Assert.Null(Add("b", 48));
        Assert.NotNull(Add("c", 48));
    }

    [Fact]
    public void Add_OfARefusedRow_IsNotRemembered()
    {
        Add("a", 48);
        Assert.NotNull(Add("b", 0));
        Assert.Null(Add("b", 48));
    }

    private TransactionFault? Add(string id, double hours) =>
        _rows.Add(TestTransactions.Valid(id, at: TestTransactions.Noon.AddHours(hours)), ++_line);

    private string? Refusal(string id, double hours) => Add(id, hours)?.ToString();
}
