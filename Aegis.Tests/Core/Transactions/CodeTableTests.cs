using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CodeTableTests
{
    private static readonly CodeTable<int> Table = new(2, [new("AA", 1), new("ZZ", 2), new("AZ", 3), new("ZA", 4)]);

    [Theory]
    [InlineData("AA", 1)]
    [InlineData("ZZ", 2)]
    [InlineData("AZ", 3)]
    [InlineData("ZA", 4)]
    [InlineData("BA", 0)]
    [InlineData("", 0)]
    [InlineData("A", 0)]
    [InlineData("AAA", 0)]
    [InlineData("aa", 0)]
    [InlineData("A@", 0)]
    [InlineData("A[", 0)]
    [InlineData("[A", 0)]
    [InlineData("@Z", 0)]
    public void ACode_IsFoundInTextAndInBytes(string code, int value)
    {
        Assert.Equal(value, Table[code.AsSpan()]);
        Assert.Equal(value, Table[Encoding.ASCII.GetBytes(code).AsSpan()]);
    }

    [Fact]
    public void AnyOtherCharacter_IsNoCode()
    {
        for (var c = 0; c < 300; c++)
        {
            var isLetter = c is >= 'A' and <= 'Z';
            Assert.Equal(c switch { 'A' => 1, 'Z' => 3, _ => 0 }, Table[['A', (char)c]]);
            Assert.True(isLetter || Table[[(char)c, 'A']] == 0);
            Assert.True(c > 255 || isLetter || Table[[(byte)'A', (byte)c]] == 0, $"{c}");
        }
    }
}
