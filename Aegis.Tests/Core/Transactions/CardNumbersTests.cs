using System.Text;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CardNumbersTests
{
    private const ulong Seed = 20_261_130;

    /// <summary>Prefixes and lengths of numbers that networks issue or publish for tests.</summary>
    private static readonly (string Prefix, int Length)[] Networks =
    [
        ("4", 16), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("3000", 14), ("36", 14),
        ("38", 14), ("39", 14), ("6011", 16), ("644", 16), ("65", 16), ("622126", 16), ("62", 19), ("3528", 16), ("3589", 16),
        ("5018", 12), ("5020", 13),
        ("6304", 14), ("6759", 16), ("6763", 18), ("2200", 16), ("508", 16), ("6521", 16), ("9792", 16), ("8600", 16), ("5067", 16),
    ];

    /// <summary>Ways to write a number, by name.</summary>
    private static readonly Dictionary<string, Func<string, string>> Spellings = new()
    {
        ["plain"] = digits => digits,
        ["blanks"] = digits => Grouped(digits, " "),
        ["dashes"] = digits => Grouped(digits, "-"),
        ["dots"] = digits => Grouped(digits, "."),
        ["lines"] = digits => Grouped(digits, "_"),
        ["slashes"] = digits => Grouped(digits, "/"),
        ["doubled blanks"] = digits => Grouped(digits, "  "),
        ["mixed"] = digits => Grouped(digits, " - "),
        ["each digit apart"] = digits => string.Join(' ', digits.ToCharArray()),
        ["letters before"] = digits => $"card{digits}",
        ["letters around"] = digits => $"x{digits}y",
        ["track 1"] = digits => $"%B{digits}^NAME/GIVEN^29121010000?",
        ["track 2"] = digits => $"{digits}D2912101",
        ["track 2 with ="] = digits => $";{digits}=29121010000?",
        ["in a sentence"] = digits => $"order 12, paid with {Grouped(digits, " ")} 12/29 123",
    };

    /// <summary>Ids as systems make them, by kind.</summary>
    private static readonly Dictionary<string, Func<SeededRandom, string>> Ids = new()
    {
        ["hexadecimal of 16"] = random => Text(random, "0123456789abcdef", 16),
        ["hexadecimal of 24"] = random => Text(random, "0123456789abcdef", 24),
        ["hexadecimal of 32"] = random => Text(random, "0123456789ABCDEF", 32),
        ["hexadecimal of 64"] = random => Text(random, "0123456789abcdef", 64),
        ["UUID"] = random => new Guid(Bytes(random, 16)).ToString("D"),
        ["UUID without dashes"] = random => new Guid(Bytes(random, 16)).ToString("N"),
        ["base64url"] = random => Convert.ToBase64String(Bytes(random, 18)).Replace('+', '-').Replace('/', '_'),
        ["order and day"] = random => $"ORD-{2020 + random.NextInt(10)}{1 + random.NextInt(12):D2}{1 + random.NextInt(28):D2}-{random.NextInt(1_000_000):D6}",
        ["invoice"] = random => $"INV/{2020 + random.NextInt(10)}/{random.NextInt(10_000_000):D7}",
        ["time in milliseconds"] = random => $"{1_500_000_000_000 + random.NextInt(1_000_000_000)}-{random.NextInt(100):D2}",
        ["decimal of 10"] = random => Text(random, "0123456789", 10),
        ["decimal of 11"] = random => Text(random, "0123456789", 11),
    };

    [Theory]
    [InlineData("4111.1111.1111.1111")]
    [InlineData("4111_1111_1111_1111")]
    [InlineData("4111/1111/1111/1111")]
    [InlineData("card4111111111111111")]
    [InlineData("4111111111111111D2912101")]
    [InlineData("4111  1111  1111  1111")]
    [InlineData("501800000009")]
    [InlineData("dev-4111 1111 1111 1111")]
    [InlineData("tok_378282246310005")]
    [InlineData("a378282246310005f")]
    [InlineData("４１１１１１１１１１１１１１１１")]
    public void Contains_OfANumberInAnySpelling_IsTrue(string text) => Assert.True(CardNumbers.Contains(text));

    [Theory]
    [InlineData("4000000000006")]
    [InlineData("4111111111111112")]
    [InlineData("1234567890123456789")]
    [InlineData("411111111111111111111111")]
    [InlineData("4111x1111x1111x1111")]
    [InlineData("4111----1111----1111----1111")]
    [InlineData("018f3c5e-7d2a-7c3b-9e4f-123456789012")]
    [InlineData("d41d8cd98f4111111111111111f8427e")]
    [InlineData("2026-11-30 12:34:56.789")]
    [InlineData("")]
    public void Contains_OfWhatOnlyLooksAlike_IsFalse(string text) => Assert.False(CardNumbers.Contains(text));

    [Fact]
    public void Contains_OfTenThousandNumbersInEachSpelling_IsTrue()
    {
        var random = new SeededRandom(Seed);
        for (var i = 0; i < 10_000; i++)
        {
            var (prefix, length) = Networks[i % Networks.Length];
            var digits = Number(random, prefix, length);
            foreach (var (name, spell) in Spellings)
            {
                var text = spell(digits);
                Assert.True(CardNumbers.Contains(text), $"seed {Seed}: {name} of {digits}");
                Assert.True(CardNumbers.MayStandIn(Encoding.ASCII.GetBytes(text)), $"seed {Seed}: quick look at {name} of {digits}");
                Assert.DoesNotContain(digits[^8..], Squeezed(CardNumbers.Mask(text)), StringComparison.Ordinal);
                Assert.DoesNotContain("2912101", CardNumbers.Mask(text), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Contains_OfAMillionIds_IsTrueForAtMostOneInTenThousand()
    {
        var random = new SeededRandom(Seed);
        var each = 1_000_000 / Ids.Count;
        foreach (var (kind, make) in Ids)
        {
            var found = Enumerable.Range(0, each).Count(_ => CardNumbers.Contains(make(random)));
            Assert.True(found <= each / 10_000, $"seed {Seed}: {found} of {each} ids of kind {kind}");
        }
    }

    // Every tenth number passes the Luhn check; what is left is the share of prefixes that networks use.
    [Theory]
    [InlineData(12, 1)]
    [InlineData(13, 1)]
    [InlineData(14, 40)]
    [InlineData(15, 25)]
    [InlineData(16, 400)]
    [InlineData(17, 25)]
    [InlineData(18, 25)]
    [InlineData(19, 350)]
    public void Contains_OfDecimalIds_IsTrueForNoMoreThanThePrefixesInUse(int length, int inTenThousand)
    {
        var random = new SeededRandom(Seed);
        const int Count = 100_000;
        var found = Enumerable.Range(0, Count).Count(_ => CardNumbers.Contains(Text(random, "0123456789", length)));
        Assert.InRange(found, 0, Count / 10_000 * inTenThousand);
    }

    [Theory]
    [InlineData("pan 4111111111111111 end", "pan [card number] end")]
    [InlineData("4111 1111 1111 1111", "[card number]")]
    [InlineData("order 1234567890123456 stays", "order 1234567890123456 stays")]
    [InlineData("no digits", "no digits")]
    [InlineData("4111111111111111 12/27", "[card number]")]
    [InlineData("4111111111111111|12|2027|123", "[card number]")]
    [InlineData("4111 1111 1111 1111 and 5500000000000004", "[card number] and [card number]")]
    [InlineData("94111111111111111", "9[card number]")]
    [InlineData("4111111111111111D29121010000F", "[card number]")]
    [InlineData("B4111111111111111^NAME^2912101", "B[card number]")]
    [InlineData("", "")]
    public void Mask_ReplacesCardNumbersWithWhatBelongsToThem(string text, string expected) =>
        Assert.Equal(expected, CardNumbers.Mask(text));

    [Fact]
    public void Mask_OfMillionsOfDigits_IsQuick()
    {
        var digits = string.Concat(Enumerable.Repeat("4111111111111111", 250_000));
        var started = TimeProvider.System.GetTimestamp();
        Assert.DoesNotContain("4111111111111111", CardNumbers.Mask(digits), StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 20);
    }

    [Theory]
    [InlineData("4111 1111-1111 1111", true)]
    [InlineData("order 4111111111111111 x", true)]
    [InlineData("12345678901", false)]
    [InlineData("123456789012", true)]
    [InlineData("1234567x89012", false)]
    [InlineData("tok_3fa85f6457174562b3fc2c963f66afa6", false)]
    public void MayStandIn_IsFalseOnlyWhereTwelveDigitsHaveNoRoom(string text, bool expected) =>
        Assert.Equal(expected, CardNumbers.MayStandIn(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("4111 1111.1111/1111", "4111111111111111")]
    [InlineData("501800000009", "501800000009")]
    [InlineData("50180000000", null)]
    [InlineData("12345678901234567890", null)]
    [InlineData("4111x11111111111", null)]
    public void Normalise_GivesDigitsOfWhatHasNoLetters(string text, string? expected) =>
        Assert.Equal(expected, CardNumbers.Normalise(text));

    private static string Number(SeededRandom random, string prefix, int length)
    {
        var body = prefix + Text(random, "0123456789", length - prefix.Length - 1);
        return Enumerable.Range(0, 10).Select(check => $"{body}{check}").Single(digits => CardNumbers.PassesLuhn(digits));
    }

    private static string Grouped(string digits, string separator) =>
        string.Join(separator, digits.Chunk(4).Select(group => new string(group)));

    private static string Squeezed(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string Text(SeededRandom random, string alphabet, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.NextInt(alphabet.Length)]));

    private static byte[] Bytes(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt(256))];
}
