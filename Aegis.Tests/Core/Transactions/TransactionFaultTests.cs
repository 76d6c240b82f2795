using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class TransactionFaultTests
{
    [Fact]
    public void Of_AValueOrNone_SaysWhatIsWrong()
    {
        Assert.Equal("mcc is '12'; allowed: 4 digits", TransactionFault.Of("mcc", "12", "4 digits").ToString());
        Assert.Equal("mcc is missing; allowed: 4 digits", TransactionFault.Of("mcc", null, "4 digits").ToString());
    }

    [Fact]
    public void Of_ALongValue_KeepsItsFirst80Characters()
    {
        Assert.Equal(new string('x', 80), TransactionFault.Of("id", new string('x', 80), "").Value);
        Assert.Equal(new string('x', 80) + "…", TransactionFault.Of("id", new string('x', 81), "").Value);
        Assert.Equal(new string('f', 80) + "…", TransactionFault.Of(new string('f', 200), "", "").Field);
    }

    [Fact]
    public void Of_ACardNumber_MasksItInFieldAndValue()
    {
        var fault = TransactionFault.Of("4111111111111111", "card 5500 0000 0000 0004", "a token");
        Assert.Equal(("[card number]", "card [card number]"), (fault.Field, fault.Value));
    }
}
