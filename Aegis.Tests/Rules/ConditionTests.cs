using Aegis.Core.Features;
using Aegis.Rules.Language;
using Aegis.Rules.Names;
using static Aegis.Tests.Rules.RuleInputs;

namespace Aegis.Tests.Rules;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("amount > 900")]
    [InlineData("amount_eur == 1000.5 and amount == amount_eur")]
    [InlineData("amount_minor == 100050")]
    [InlineData("amount >= 1000.5 and amount <= 1000.5 and not amount < 1000.5")]
    [InlineData("amount * 2 - 1 == 2000 and amount / 2 > 500 and -amount < 0 and 2 + 3 * 4 == 14 and (2 + 3) * 4 == 20")]
    [InlineData("hour == 23 and weekday == 7")]
    [InlineData("mcc == '0742' and mcc in (\"5411\", '0742')")]
    [InlineData("country == 'DE' and currency == 'EUR' and channel == 'ecommerce' and kind == 'purchase'")]
    [InlineData("card == 'card-1' and merchant == 'm-1' and bin == '411111' and ip == '192.0.2.1'")]
    [InlineData("country not in ('FR', 'GB') and not country in ('FR')")]
    [InlineData("country in ('FR', 'GB', 'IT', 'ES', 'PT', 'NL', 'BE', 'AT', 'CH', 'DE')")]
    [InlineData("hour in (1, 23, -5)")]
    [InlineData("false_or_true_is_no_name is missing or amount > 0", false)]
    [InlineData("device is missing and not device is not missing and authorisation is missing")]
    [InlineData("model_outcome == 'approve' and score > 950 and score < 951 and forest_percentile == 0.9")]
    [InlineData("amount < 5 or amount > 900 and hour == 23")]
    [InlineData("not (amount < 5 or hour < 23)")]
    public void Condition_OfThePayment_Holds(string condition, bool isValid = true)
    {
        if (!isValid)
        {
            Assert.Throws<RuleFaultException>(() => Holds(condition));
            return;
        }

        Assert.True(Holds(condition));
        Assert.False(Holds($"not ({condition})"));
    }

    [Fact]
    public void And_BindsMoreThanOr_AndNotMoreThanBoth()
    {
        Assert.True(Holds("hour == 23 or hour == 1 and hour == 2"));
        Assert.False(Holds("(hour == 23 or hour == 1) and hour == 2"));
        Assert.True(Holds("not hour == 1 and hour == 23"));
        Assert.False(Holds("not (hour == 23 and hour == 23)"));
    }

    /// <summary>Whatever the operator: a rule that did not think of missing values does not match them.</summary>
    [Theory]
    [InlineData("amount > 0")]
    [InlineData("amount < 0")]
    [InlineData("amount == amount")]
    [InlineData("amount != 5")]
    [InlineData("amount in (5)")]
    [InlineData("amount not in (5)")]
    [InlineData("amount + 1 != 5")]
    [InlineData("device == 'd-1'")]
    [InlineData("device != 'd-1'")]
    [InlineData("device in ('d-1')")]
    [InlineData("device not in ('d-1')")]
    [InlineData("device == merchant")]
    [InlineData("device != merchant")]
    [InlineData("external_score < 5")]
    public void Comparison_WithAMissingValue_IsFalse(string condition)
    {
        Assert.False(Holds(condition, Of(amount: double.NaN)));
        Assert.True(Holds("amount is missing and device is missing and external_score is missing", Of(amount: double.NaN)));
        Assert.True(Holds("device is not missing and device == 'd-1' and external_score == 2.5", Of(device: "d-1", external: 2.5)));
    }

    [Fact]
    public void EveryFeature_IsReadByItsName_AsPeopleCountIt()
    {
        Assert.Equal(FeatureSchema.All.Count(feature => feature.Levels == 0) - 1, Names.Features.Count);
        foreach (var feature in FeatureSchema.All.Where(feature => feature.Levels == 0 && feature.Feature != Feature.AmountLog))
        {
            var stored = RuleInputs.Features[(int)feature.Feature];
            var value = feature.Unit.StartsWith("ln(1 + ", StringComparison.Ordinal) ? Math.Exp(stored) - 1
                : feature.Unit == "ln ratio" ? Math.Exp(stored) : stored;
            var name = feature.Name.Replace("_log", "", StringComparison.Ordinal);
            var bounds = $"{name} >= {value * 0.99999:F9} and {name} <= {value * 1.00001:F9}";
            Assert.True(Holds(bounds), bounds);
        }
    }

    /// <summary>Of a whole number, the float's logarithm gives back exactly that number.</summary>
    [Fact]
    public void Counts_ComeBackWhole()
    {
        for (var count = 0; count <= 10_000; count++)
        {
            Assert.Equal(count, FeatureNames.ValueOf((float)Math.Log(1 + count), FeatureScale.Amount));
            Assert.Equal(count + 1, FeatureNames.ValueOf((float)Math.Log(1 + count), FeatureScale.Times));
        }

        Assert.Equal(2.5, FeatureNames.ValueOf((float)Math.Log(3.5), FeatureScale.Amount), 1e-6);
        Assert.Equal(0.25f, FeatureNames.ValueOf(0.25f, FeatureScale.Plain));
    }

    [Theory]
    [InlineData("", 1, "the end stands where a value is expected; allowed: a name, a number")]
    [InlineData("amont > 9", 1, "'amont' is not known; alike: amount, ")]
    [InlineData("amount > 9 and contry == 'DE'", 16, "'contry' is not known; alike: country, ")]
    [InlineData("Amount > 9", 1, "'Amount' is not known; alike: amount, ")]
    [InlineData("amount", 1, "the condition is 'amount' (a number); allowed: a comparison")]
    [InlineData("amount and hour > 1", 1, "'amount' (a number) is neither true nor false")]
    [InlineData("not amount", 5, "'amount' (a number) is neither true nor false")]
    [InlineData("amount = 9", 8, "'=' alone compares nothing; allowed: '=='")]
    [InlineData("amount > 9 && hour > 1", 12, "'&' is not allowed; allowed: 'and'")]
    [InlineData("amount > 9 || hour > 1", 12, "'|' is not allowed; allowed: 'or'")]
    [InlineData("!(amount > 9)", 1, "'!' alone is not allowed; allowed: 'not'")]
    [InlineData("amount > 9 hour", 12, "'hour' is too much; allowed: 'and', 'or' or the end")]
    [InlineData("1 < amount < 5", 12, "comparisons cannot be chained")]
    [InlineData("amount > 'x'", 8, "'amount' (a number) cannot be compared with the text 'x'")]
    [InlineData("country > 'DE'", 9, "'>' cannot compare texts")]
    [InlineData("country + 1 > 2", 1, "'country' (a text) cannot be computed with")]
    [InlineData("(amount > 5) == (hour > 5)", 14, "a comparison cannot be compared with a comparison")]
    [InlineData("country == 'DEU'", 12, "'country' is never 'DEU'; allowed: a code of ISO 3166-1")]
    [InlineData("'online' == channel", 1, "'channel' is never 'online'; allowed: chip, contactless")]
    [InlineData("mcc in ('5411', '54')", 17, "'mcc' is never '54'; allowed: four digits")]
    [InlineData("mcc in (5411)", 9, "'mcc' (a text) cannot be the number 5411")]
    [InlineData("hour in ('5')", 10, "'hour' (a number) cannot be the text '5'")]
    [InlineData("card in vip", 9, "'vip' is no list, and there is none yet; allowed: values in brackets")]
    [InlineData("country in ()", 13, "')' cannot stand in a set")]
    [InlineData("country in ('DE'", 17, "the end stands here; allowed: ',' or ')'")]
    [InlineData("country in (device)", 13, "'device' cannot stand in a set")]
    [InlineData("country not 'DE'", 13, "'DE' stands here; allowed: 'in' after 'not'")]
    [InlineData("5 is missing", 1, "the number 5 cannot be missing")]
    [InlineData("amount is 5", 11, "'5' stands here; allowed: 'missing'")]
    [InlineData("(amount > 5", 12, "the end stands here; allowed: ')'")]
    [InlineData("amount > 5)", 11, "')' is too much")]
    [InlineData("amount > 5x", 10, "'5x' is not a number")]
    [InlineData("amount > 1.2.3", 10, "'1.2.3' is not a number")]
    [InlineData("amount > 1e5", 10, "'1e5' is not a number")]
    [InlineData("country == 'DE", 12, "the text is not closed; allowed: another '")]
    [InlineData("amount > 5; drop", 11, "';' is not allowed")]
    [InlineData("amount > 5 \u202e", 12, "the character U+202E is not allowed")]
    [InlineData("amount.GetType() > 5", 7, "'.")]
    [InlineData("System > 5", 1, "'System' is not known")]
    public void Condition_WithAFault_SaysWhereAndWhatIsAllowed(string condition, int column, string mentions)
    {
        var fault = Assert.Throws<RuleFaultException>(() => Holds(condition));
        Assert.Equal((column, true), (fault.Column, fault.Text.StartsWith(mentions, StringComparison.Ordinal)));
        Assert.StartsWith($"Column {column}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Condition_BeyondALimit_IsRefusedAtOnce()
    {
        Refused(string.Concat(Enumerable.Repeat("(", 5_000)), "allowed: at most 2,000");
        Refused($"{string.Concat(Enumerable.Repeat("(", 900))}amount > 5", "nested more than 32 deep");
        Refused($"{string.Concat(Enumerable.Repeat("-", 900))}amount > 5", "nested more than 32 deep");
        Refused($"{string.Concat(Enumerable.Repeat("not ", 400))}amount > 5", "nested more than 32 deep");
        Refused(string.Join(" or ", Enumerable.Repeat("hour>1", 90)), "more than 200 parts");
        Refused($"hour in ({string.Join(',', Enumerable.Range(0, 101))})", "the set has 101 values; allowed: at most 100");
        Assert.True(Holds($"hour in ({string.Join(',', Enumerable.Range(0, 100))})"));

        static void Refused(string condition, string mentions) => Assert.Contains(
            mentions, Assert.Throws<RuleFaultException>(() => Holds(condition)).Message, StringComparison.Ordinal);
    }

    /// <summary>Words of the language in any order: a condition compiles and answers, or has a fault with a column in the text.</summary>
    [Fact]
    public void Condition_OfRandomWords_CompilesOrHasAFault()
    {
        string[] words =
        [
            "amount", "hour", "country", "device", "score", "and", "or", "not", "in", "is", "missing", "(", ")", ",", "<", "<=", "==", "!=",
            "+", "-", "*", "/", "5", "0.5", "'DE'", "'x", "\"", "=", "vip", "1e9", "..",
        ];
        var random = new Random(42);
        var compiled = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var condition = string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                _ = Holds(condition);
                compiled++;
            }
            catch (RuleFaultException e)
            {
                Assert.InRange(e.Column, 1, condition.Length + 1);
            }
        }

        Assert.True(compiled > 10, $"{compiled} compiled");
    }
}
