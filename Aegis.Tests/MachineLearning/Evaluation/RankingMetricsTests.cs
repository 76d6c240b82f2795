using Aegis.Core.Numerics;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning.Evaluation;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Auroc_OfRandomRankings_IsTheShareOfPairsInOrder()
    {
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var (scores, frauds) = Draw(seed);
            double right = 0, pairs = 0;
            for (var fraud = 0; fraud < scores.Length; fraud++)
            {
                for (var genuine = 0; genuine < scores.Length; genuine++)
                {
                    if (frauds[fraud] && !frauds[genuine])
                    {
                        pairs++;
                        right += scores[fraud] > scores[genuine] ? 1 : scores[fraud] == scores[genuine] ? 0.5 : 0;
                    }
                }
            }

            Assert.True(Math.Abs((right / pairs) - RankingMetrics.Auroc(scores, frauds)) < 1e-12, $"seed {seed}");
        }
    }

    [Fact]
    public void AveragePrecision_OfRandomRankings_IsTheSumOverDistinctThresholds()
    {
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var (scores, frauds) = Draw(seed);
            double sum = 0, recall = 0, total = frauds.Count(fraud => fraud);
            foreach (var threshold in scores.Distinct().OrderDescending())
            {
                double flagged = scores.Count(
                    score => score >= threshold), hits = scores.Where((score, row) => score >= threshold && frauds[row]).Count();
                sum += ((hits / total) - recall) * (hits / flagged);
                recall = hits / total;
            }

            Assert.True(Math.Abs(sum - RankingMetrics.AveragePrecision(scores, frauds)) < 1e-12, $"seed {seed}");
        }
    }

    [Fact]
    public void BestAndWorstRankings_HaveTheClosedForms()
    {
        double[] scores = [4, 3, 2, 1];
        Assert.Equal(
            (1, 1),
            (RankingMetrics.Auroc(
                scores, [true, true, false, false]), RankingMetrics.AveragePrecision(scores, [true, true, false, false])));
        Assert.Equal(0, RankingMetrics.Auroc(scores, [false, false, true, true]));
        Assert.Equal(((1 / 3.0) + (2 / 4.0)) / 2, RankingMetrics.AveragePrecision(scores, [false, false, true, true]), 12);
    }

    [Fact]
    public void WhereAClassIsMissing_ThereIsNoFigure()
    {
        Assert.Equal(double.NaN, RankingMetrics.Auroc([1, 2], [true, true]));
        Assert.Equal(double.NaN, RankingMetrics.Auroc([1, 2], [false, false]));
        Assert.Equal(double.NaN, RankingMetrics.AveragePrecision([1, 2], [false, false]));
        Assert.Equal(1, RankingMetrics.AveragePrecision([1, 2], [true, true]));
        Assert.Equal(double.NaN, RankingMetrics.Auroc([], []));
    }

    [Fact]
    public void OfFewerLabelsThanScores_IsRefused()
    {
        Assert.Equal(
            "2 scores for 1 labels; allowed: one each.",
            Assert.Throws<ArgumentException>(() => RankingMetrics.Auroc([1, 2], [true])).Message);
        Assert.Equal(
            "1 scores for 2 labels; allowed: one each.",
            Assert.Throws<ArgumentException>(() => RankingMetrics.AveragePrecision([1], [true, false])).Message);
    }

    [Fact]
    public void LeavesScoresAndLabelsAsTheyWere()
    {
        double[] scores = [1, 3, 2];
        bool[] frauds = [true, false, false];
        RankingMetrics.Auroc(scores, frauds);
        RankingMetrics.AveragePrecision(scores, frauds);
        Assert.Equal([1, 3, 2], scores);
        Assert.Equal([true, false, false], frauds);
    }

    /// <summary>Few different scores, so that many are equal; both classes.</summary>
    private static (double[] Scores, bool[] Frauds) Draw(ulong seed)
    {
        var random = new SeededRandom(seed);
        var count = 2 + random.NextInt(30);
        var (scores, frauds) = (new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            scores[i] = random.NextInt(10);
            frauds[i] = random.NextBool(0.3);
        }

        (frauds[0], frauds[1]) = (true, false);
        return (scores, frauds);
    }
}
