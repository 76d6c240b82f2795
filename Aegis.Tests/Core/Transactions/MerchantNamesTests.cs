using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class MerchantNamesTests
{
    [Theory]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData(" Shop ", "Shop")]
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("\u0041\u030a\u0323", "\u1ea0\u030a")]
    [InlineData("寿司", "寿司")]
    public void Normalise_Composes(string sent, string kept)
    {
        Assert.Equal(kept, MerchantNames.Normalise(sent));
        Assert.True(MerchantNames.IsName(kept));
    }

    [Theory]
    [InlineData("Café  Zürich", "CAFE ZURICH")]
    [InlineData(" a\u00a0b ", "A B")]
    [InlineData("\u0301 x", "X")]
    [InlineData("ΣΊΣΥΦΟΣ σίσυφος", "ΣΙΣΥΦΟΣ ΣΙΣΥΦΟΣ")]
    [InlineData("寿司 \ud83d\ude00", "寿司 \ud83d\ude00")]
    [InlineData("", "")]
    public void Fold_LeavesAccentsAndCaseOut(string name, string folded) => Assert.Equal(folded, MerchantNames.Fold(name));

    [Theory]
    [InlineData("")]
    [InlineData(" Shop")]
    [InlineData("Cafe\u0301")]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\u0000")]
    [InlineData("Shop \u202efdp.exe")]
    [InlineData("a\u2066b")]
    [InlineData("a\u200fb")]
    [InlineData("a\u2028b")]
    public void IsName_OfWhatDeceives_IsFalse(string text) => Assert.False(MerchantNames.IsName(text));

    [Fact]
    public void IsName_OfHalfACharacter_IsFalse()
    {
        Assert.False(MerchantNames.IsName("a\ud83d"));
        Assert.False(MerchantNames.IsName("\ude00a"));
        Assert.True(MerchantNames.IsName("a\ud83d\ude00"));
    }

    [Fact]
    public void IsName_EndsAt128Characters()
    {
        Assert.True(MerchantNames.IsName(new string('é', MerchantNames.MaxLength)));
        Assert.False(MerchantNames.IsName(new string('é', MerchantNames.MaxLength + 1)));
    }

    /// <summary>The quick check of bytes never takes what the full one refuses.</summary>
    [Fact]
    public void IsPlainName_AgreesWithIsName_OnEveryAsciiCharacterAndPlace()
    {
        for (var c = '\0'; c < 128; c++)
        {
            foreach (var text in new[] { $"{c}", $"a{c}", $"{c}a", $"a{c}a" })
            {
                Assert.Equal(MerchantNames.IsName(text), MerchantNames.IsPlainName(System.Text.Encoding.ASCII.GetBytes(text)));
            }
        }
    }
}
