using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class LabelViewTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ALabel_SaysWhatWasEncoded(bool isFraud)
    {
        var label = new LabelView(
            LabelView.Encode(new PaymentLabel(TestTransactions.Valid("t-9"), isFraud, TestTransactions.Noon.AddDays(3))));
        Assert.Equal((isFraud, TestTransactions.Noon.AddDays(3).ToUnixTimeMilliseconds()), (label.IsFraud, label.LabelledAtMs));
        Assert.Equal(TestTransactions.Valid("t-9"), label.Transaction.ToTransaction());
    }

    [Fact]
    public void ALabel_OfAnotherVersionOrVerdict_OrWithSomethingBehindIt_IsRefused()
    {
        var bytes = LabelView.Encode(new PaymentLabel(TestTransactions.Valid(), true, TestTransactions.Noon));
        Assert.Equal("The label has message version 2 and verdict 1; allowed: version 1, verdict 0 or 1.", Refusal([2, .. bytes[1..]]));
        Assert.Equal("The label has message version 1 and verdict 2; allowed: version 1, verdict 0 or 1.", Refusal([1, 2, .. bytes[2..]]));
        Assert.Equal("3 bytes follow the label's transaction; allowed: none.", Refusal([.. bytes, 1, 2, 3]));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.NotEmpty(Refusal(bytes[..length]));
        }
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<MessageFormatException>(() => new LabelView(bytes).IsFraud).Message;
}
