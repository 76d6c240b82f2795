using Aegis.Core.Ingestions;

namespace Aegis.Tests.Core.Ingestions;

public sealed class IngestionTallyTests
{
    private static readonly DateTimeOffset Start = TestTransactions.Noon;
    private readonly IngestionTally _tally = new("csv", "payments.csv", Start);

    [Fact]
    public void ToRun_AddsUpWhatBecameOfEachLine()
    {
        _tally.Accept(1);
        _tally.Accept(2);
        _tally.Accept(1);
        _tally.AddDuplicate();
        _tally.Refuse(6, ["amountMinor is '-1'; allowed: 0 or more", "mcc is missing; allowed: four digits"]);
        Assert.Equal(5, _tally.Received);
        var run = _tally.ToRun(Start.AddSeconds(3));
        Assert.Equal(("csv", "payments.csv", Start, Start.AddSeconds(3)), (run.Format, run.File, run.StartedAt, run.EndedAt));
        Assert.Equal((5, 2, 1, 2), (run.Received, run.Accepted, run.Refused, run.Duplicates));
        Assert.Equal(
            [
                new IngestionFault(6, "amountMinor is '-1'; allowed: 0 or more"),
                new IngestionFault(6, "mcc is missing; allowed: four digits"),
            ], run.Faults);
        Assert.Equal(0, run.FaultsLeftOut);
        Assert.Matches("^[0-9a-f]{32}$", run.Id);
    }

    [Fact]
    public void Refuse_OfManyLines_KeepsTheFirstFaultsAndCountsTheOthers()
    {
        for (var line = 1; line <= 250; line++)
        {
            _tally.Refuse(line, ["x"]);
        }

        var run = _tally.ToRun(Start);
        Assert.Equal((250, IngestionTally.MaxFaults, 150), (run.Refused, run.Faults!.Count, run.FaultsLeftOut));
        Assert.Equal((1, 100), (run.Faults[0].Line, run.Faults[^1].Line));
    }

    [Fact]
    public void Refuse_OfALongFault_ShortensIt()
    {
        _tally.Refuse(1, [new string('x', 301), new string('y', 300)]);
        Assert.Equal([new string('x', 300) + "…", new string('y', 300)], _tally.ToRun(Start).Faults!.Select(fault => fault.Text));
    }

    [Fact]
    public void RefuseAll_OfABodyWithAFault_AcceptsNothingOfIt()
    {
        _tally.Accept(1);
        _tally.Accept(1);
        _tally.Refuse(3, ["x"]);
        _tally.RefuseAll();
        var run = _tally.ToRun(Start);
        Assert.Equal((3, 0, 3, 0), (run.Received, run.Accepted, run.Refused, run.Duplicates));
        Assert.Equal([new IngestionFault(3, "x")], run.Faults);
    }

    [Fact]
    public void Ids_RiseWithTime() => Assert.True(
        string.CompareOrdinal(_tally.ToRun(Start).Id, _tally.ToRun(Start.AddMilliseconds(1)).Id) < 0);
}
