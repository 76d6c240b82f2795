using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Evaluating;

/// <summary>The days to choose a model on. They lie before the days that the evaluation reports on.</summary>
/// <param name="Fit">The days to fit candidates on.</param>
/// <param name="Judge">The days to judge candidates on.</param>
internal readonly record struct ChoosingDays(DateRange Fit, DateRange Judge)
{
    /// <summary>Joins the days that <c>--choose</c> and <c>--judge</c> name.</summary>
    /// <param name="fit">The days to fit candidates on, or null.</param>
    /// <param name="judge">The days to judge candidates on, or null.</param>
    /// <param name="test">The days that the evaluation reports on.</param>
    /// <returns>The days; null if neither was named.</returns>
    /// <exception cref="ArgumentException">
    /// One of the two is missing, or the days to judge do not end before <paramref name="test"/>.
    /// </exception>
    public static ChoosingDays? Of(DateRange? fit, DateRange? judge, DateRange test) => (fit, judge) switch
    {
        (null, null) => null,
        ({ } choose, { } last) when last.Last < test.First => new ChoosingDays(choose, last),
        ({ }, { } last) => throw new ArgumentException(
            $"--judge is '{last}'; allowed: days before the first of --test {test}: nothing is chosen by what it is reported on."),
        _ => throw new ArgumentException("--choose and --judge belong together; one of them is missing."),
    };
}
