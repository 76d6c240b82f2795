using System.Buffers.Binary;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class TransactionViewTests
{
    private const string Pan = "4111111111111111";
    private static readonly long NowMs = TestTransactions.Noon.ToUnixTimeMilliseconds();
    private static readonly Transaction Bare = TestTransactions.Valid() with { Latitude = null, Longitude = null };
    private static readonly Transaction Full = TestTransactions.Valid() with
    {
        DeviceId = "d-1", IpAddress = "192.0.2.7", CardBin = "411111", CardLastFour = "1111", Kind = PaymentKind.Withdrawal,
        Authorisation = Authorisation.Declined, DeclineReason = DeclineReason.WrongPin, MerchantName = "Cafe",
    };

    /// <summary>Byte by byte as it stands in logs and stores.</summary>
    [Fact]
    public void ATransaction_LiesInItsBytesAsDescribed()
    {
        var transaction = Full with
        {
            Id = "o", CardToken = "tok", MerchantId = "m1", AmountMinor = 0x0102, Mcc = 0x1535, Channel = Channel.Atm,
            MerchantName = "Café", Metadata = """{"a":1}""",
        };
        var expected = new List<byte> { 0xff };
        expected.AddRange(BitConverter.GetBytes(NowMs));
        expected.AddRange([0x02, 0x01, 0, 0, 0, 0, 0, 0, 0x35, 0x15, 4]);
        expected.AddRange([.. "EURDE"u8, 1, .. "o"u8, 3, .. "tok"u8, 2, .. "m1"u8]);
        expected.AddRange([.. BitConverter.GetBytes(52.52), .. BitConverter.GetBytes(13.40)]);
        expected.AddRange([3, .. "d-1"u8, 9, .. "192.0.2.7"u8, 6, .. "411111"u8, 4, .. "1111"u8]);
        expected.AddRange([3, 1, 1, 5, 0, .. "Café"u8, 7, 0, .. """{"a":1}"""u8]);
        Assert.Equal(expected, MessageCodec.Encode(transaction));
        Assert.Equal(transaction, new TransactionView([.. expected]).ToTransaction());
    }

    [Fact]
    public void ToTransaction_OfEveryShape_GivesBackWhatWasEncoded()
    {
        for (var shape = 0; shape < 16; shape++)
        {
            var transaction = Bare with
            {
                Latitude = (shape & 1) != 0 ? -33.9 : null, Longitude = (shape & 1) != 0 ? 151.2 : null,
                DeviceId = (shape & 2) != 0 ? "d" : null, IpAddress = (shape & 4) != 0 ? "::1" : null,
                CardBin = (shape & 8) != 0 ? "411111" : null, CardLastFour = (shape & 8) != 0 ? "1111" : null,
            };
            var bytes = MessageCodec.Encode(transaction);
            Assert.Equal(shape, bytes[0]);
            Assert.Equal(transaction, new TransactionView(bytes).ToTransaction());
        }
    }

    [Fact]
    public void Body_EndsWhereTheNextOneBegins()
    {
        byte[] two = [.. MessageCodec.Encode(Full), .. MessageCodec.Encode(Bare)];
        var first = new TransactionView(two);
        Assert.Equal(MessageCodec.Encode(Full), first.Body.ToArray());
        var second = new TransactionView(two.AsSpan(first.Body.Length));
        Assert.Equal(Bare, second.ToTransaction());
        Assert.Equal(
            ("t-1", "card-1", "DE", NowMs),
            (System.Text.Encoding.ASCII.GetString(second.Id), System.Text.Encoding.ASCII.GetString(second.CardToken),
                System.Text.Encoding.ASCII.GetString(second.Country), second.EventTimeMs));
    }

    [Fact]
    public void ATransaction_CutAnywhere_SaysHowMuchIsMissing()
    {
        var bytes = MessageCodec.Encode(Full);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<MessageFormatException>(() => new TransactionView(bytes.AsSpan(0, length)).EventTimeMs);
        }

        Assert.Equal(bytes.Length, new TransactionView(bytes).Body.Length);
    }

    [Theory]
    [InlineData(-62_135_596_800_001)]
    [InlineData(253_402_300_800_000)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void ATransaction_OfNoDatesTime_IsRefused(long timeMs) => Assert.Equal(
        $"An event time of {timeMs} ms; allowed: a time of the years 1 to 9999.", Refusal(bytes => SetTime(bytes, timeMs)));

    [Theory]
    [InlineData(-62_135_596_800_000, 1)]
    [InlineData(253_402_300_799_999, 9_999)]
    public void ATransaction_OfTheFirstAndTheLastDate_IsRead(long timeMs, int year)
    {
        var bytes = MessageCodec.Encode(Bare);
        SetTime(bytes, timeMs);
        Assert.Equal(year, new TransactionView(bytes).ToTransaction().EventTime.Year);
    }

    [Fact]
    public void ToPayment_IsThePaymentOfTheTransaction()
    {
        var abroad = Full with { Currency = "JPY", Channel = Channel.Moto, Mcc = 5541, Country = "FR" };
        foreach (var transaction in new[] { Bare, Full, abroad })
        {
            var expected = Payment.Of(transaction, CurrencyRates.Default);
            var payment = new TransactionView(MessageCodec.Encode(transaction))
                .ToPayment(CurrencyRates.Default, StableHash.Hash64(transaction.CardToken));
            Assert.Equal(expected, payment);
        }
    }

    public static TheoryData<Transaction> Plain =>
    [
        Bare, Full, Full with { AmountMinor = 0 }, Full with { AmountMinor = TransactionRules.MaxAmountMinor },
        Full with { Mcc = 0 }, Full with { Mcc = 9_999 }, Full with { Channel = Channel.Moto },
        Full with { Latitude = -90, Longitude = 180 }, Full with { IpAddress = "0.0.0.0" }, Full with { IpAddress = "255.255.255.255" },
        Full with { Id = new string('a', 64) }, Full with { CardToken = "t ~" },
        Full with { EventTime = TransactionRules.EarliestEventTime }, Full with { EventTime = TestTransactions.Noon.AddMinutes(10) },
    ];

    [Theory]
    [MemberData(nameof(Plain))]
    public void IsPlainlyValid_OfWhatIsValidAtASight_IsTrue(Transaction transaction)
    {
        Assert.True(new TransactionView(MessageCodec.Encode(transaction)).IsPlainlyValid(NowMs));
        Assert.Empty(Faults(transaction));
    }

    /// <summary>One thing wrong each.</summary>
    public static TheoryData<Transaction> Wrong =>
    [
        Full with { Id = "" }, Full with { Id = "a b" }, Full with { Id = new string('a', 65) }, Full with { Id = Pan },
        Full with { CardToken = "" }, Full with { CardToken = Pan }, Full with { CardToken = new string('a', 65) },
        Full with { MerchantId = "" }, Full with { MerchantId = Pan }, Full with { DeviceId = "" }, Full with { DeviceId = Pan },
        Full with { EventTime = TransactionRules.EarliestEventTime.AddMilliseconds(-1) },
        Full with { EventTime = TestTransactions.Noon.AddMinutes(10).AddMilliseconds(1) },
        Full with { AmountMinor = -1 }, Full with { AmountMinor = TransactionRules.MaxAmountMinor + 1 }, Full with { Mcc = 10_000 },
        Full with { Channel = (Channel)6 }, Full with { Currency = "EUX" }, Full with { Country = "XX" },
        Full with { Latitude = 90.1 }, Full with { Latitude = double.NaN }, Full with { Longitude = -180.1 },
        Full with { IpAddress = "" }, Full with { IpAddress = "nowhere" }, Full with { IpAddress = "256.0.0.1" },
        Full with { CardBin = "41111" }, Full with { CardBin = "41111a" }, Full with { CardLastFour = "111" },
        Full with { CardLastFour = "11111" },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void IsPlainlyValid_OfAnythingWrong_IsFalse(Transaction transaction)
    {
        Assert.False(new TransactionView(MessageCodec.Encode(transaction)).IsPlainlyValid(NowMs));
        Assert.Single(Faults(transaction).Select(fault => fault.Field).Distinct());
    }

    // What is false here is left to the validator, which takes some of it.
    [Theory]
    [InlineData("1.2.3.4", true)]
    [InlineData("10.20.30.40", true)]
    [InlineData("1.2.3", false)]
    [InlineData("1.2.3.4.5", false)]
    [InlineData("1.2.3.", false)]
    [InlineData(".1.2.3", false)]
    [InlineData("1..2.3", false)]
    [InlineData("1.2.3.4.", false)]
    [InlineData("01.2.3.4", false)]
    [InlineData("1.2.3.00", false)]
    [InlineData("1.2.3.0", true)]
    [InlineData("1.2.3.255", true)]
    [InlineData("1.2.3.256", false)]
    [InlineData("1.2.3.999", false)]
    [InlineData("1.2.3.4a", false)]
    [InlineData("1.2.3./", false)]
    [InlineData("1.2.3.:", false)]
    [InlineData("::1", false)]
    public void IsPlainlyValid_OfAnAddress_TakesPlainIPv4(string address, bool expected) => Assert.Equal(
        expected, new TransactionView(MessageCodec.Encode(Full with { IpAddress = address })).IsPlainlyValid(NowMs));

    [Theory]
    [InlineData("order:12345678901", true)]
    [InlineData("order:123456789012", false)]
    public void IsPlainlyValid_OfDigitsThatMayBeACard_LeavesThemToTheValidator(string merchant, bool expected)
    {
        var transaction = Full with { MerchantId = merchant };
        Assert.Equal(expected, new TransactionView(MessageCodec.Encode(transaction)).IsPlainlyValid(NowMs));
        Assert.Empty(Faults(transaction));
    }

    private static List<TransactionFault> Faults(Transaction transaction)
    {
        var faults = new List<TransactionFault>();
        TransactionValidator.Validate(transaction, TestTransactions.Noon, faults);
        return faults;
    }

    private static void SetTime(byte[] bytes, long timeMs) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), timeMs);

    private static string Refusal(Action<byte[]> change)
    {
        var bytes = MessageCodec.Encode(Full);
        change(bytes);
        return Assert.Throws<MessageFormatException>(() => new TransactionView(bytes).EventTimeMs).Message;
    }
}
