using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class RecalibrationTests(SmallModel small) : IClassFixture<SmallModel>
{
    [Fact]
    public void Fit_WithinSegments_FlagsTheSameShareOfEach()
    {
        // Payments of the second segment score higher, and so few are of the third that they are compared with all.
        var random = new SeededRandom(5);
        var reference = Enumerable.Range(0, 40_000).Select(i =>
        {
            var segment = i % 400 == 0 ? 2 : i % 4 == 0 ? 1 : 0;
            var score = random.NextNormal() + (2 * segment);
            return new RawScores(segment, score, score, score);
        }).ToArray();
        var (apart, together) = (
            ScoreCalibration.Fit(PaymentSegments.Channel, reference, ScoreFusion.Default), ScoreCalibration.Fit(
                PaymentSegments.None, [.. reference.Select(raw => raw with { Segment = 0 })], ScoreFusion.Default));

        Assert.Equal(0.01, Flagged(0, raw => apart.Assess(raw).Risk), 0.001);
        Assert.Equal(0.01, Flagged(1, raw => apart.Assess(raw).Risk), 0.001);
        Assert.True(Flagged(1, raw => together.Assess(raw with { Segment = 0 }).Risk) > 0.03);
        Assert.Null(apart.Forest.Own[2]);
        Assert.Equal(apart.Forest.All.NegativeLogP(3), apart.Forest.NegativeLogP(2, 3));

        double Flagged(int segment, Func<RawScores, double> risk)
        {
            var own = reference.Where(raw => raw.Segment == segment).ToList();
            return own.Count(raw => risk(raw) >= Math.Log(100)) / (double)own.Count;
        }
    }

    [Theory]
    [InlineData(PaymentSegments.None)]
    [InlineData(PaymentSegments.Age)]
    public void ToModel_OfTrafficThatHasDrifted_BringsTheFlaggedShareBack(PaymentSegments segments)
    {
        var model = small.Model with { Calibration = Calibrated(segments) };
        var renewed = Renewed(model, new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));

        Assert.InRange(FlaggedShare(renewed), 0.009, 0.011);
        Assert.True(FlaggedShare(model) > 1.5 * FlaggedShare(renewed), $"{FlaggedShare(model)}");
        Assert.Equal("small+20260301100000", renewed.Version);
        Assert.Equal("2026-03-01T10:00:00Z", renewed.Provenance["calibratedAt"]);
        Assert.Equal("simulator", renewed.Provenance["data"]);
        Assert.Equal(model.Policy, renewed.Policy);
        Assert.Equal(Drifted().Select(Risk(renewed)), Drifted().Select(Risk(FraudModelFile.Read(FraudModelFile.Write(renewed)))));

        Assert.Equal("small+20260302100000", Renewed(renewed, new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero)).Version);
        Assert.Equal("small", Recalibration.DetectorsOf(renewed.Version));
    }

    [Fact]
    public void ToModel_OfTooFewPayments_SaysHowManyItTakes()
    {
        var recalibration = new Recalibration(small.Model);
        recalibration.Add(small.Rows[0], cardHash: 1, day: 1);
        Assert.Equal("1 recent payments; allowed: 10,000 or more.", Assert.Throws<InvalidOperationException>(
            () => recalibration.ToModel(DateTimeOffset.UnixEpoch)).Message);
    }

    [Fact]
    public void ToModel_OfAVersionThatLeavesNoRoomForTheTime_SaysSo()
    {
        var (fits, tooLong) = (new string('v', 49), new string('v', 50));
        var at = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        Assert.True(ModelVersion.IsValid(Renewed(small.Model with { Version = fits }, at).Version));
        Assert.StartsWith(
            $"The version would be '{tooLong}+20260301100000' of 65 characters; allowed: 64 or fewer.",
            Assert.Throws<InvalidOperationException>(() => Renewed(small.Model with { Version = tooLong }, at)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ToModel_WherePaymentsTieAtAThreshold_KeepsTheBudgetThoughTheirNumberChanges()
    {
        // Of ten distinct payments the riskiest makes up a tenth in training, and a twentieth or a third of the recent ones.
        foreach (var isRiskiest in new Func<int, bool>[] { i => i % 20 == 0, i => i % 3 == 0 })
        {
            var model = TinyModel.Make();
            model = model with { Policy = model.Policy with { Budget = new AlertBudget(100, 0.2), ReviewTies = 0.1, DeclineTies = 0.02 } };
            var recalibration = new Recalibration(model);
            for (var i = 0; i < Recalibration.MinPayments; i++)
            {
                recalibration.Add(Payment(i), (ulong)i, day: 1);
            }

            var renewed = recalibration.ToModel(DateTimeOffset.UnixEpoch);
            var outcomes = Enumerable.Range(0, Recalibration.MinPayments)
                .Select(i => renewed.Policy.Decide(Risk(renewed)(Payment(i)), StableHash.Hash64($"t-{i}"))).ToList();
            // 100 and 20 of 10,000, give or take three standard deviations.
            Assert.InRange(outcomes.Count(outcome => outcome != DecisionOutcome.Approve), 70, 130);
            Assert.InRange(outcomes.Count(outcome => outcome == DecisionOutcome.Decline), 7, 33);

            float[] Payment(int i) => TinyModel.Vector(isRiskiest(i) ? 30 : i % 9, 1);
        }
    }

    private static Func<float[], double> Risk(FraudModel model)
    {
        var detector = new FraudDetector(model);
        return features => detector.Assess(features).Risk;
    }

    /// <summary>Payments that are larger and farther from home than those trained on.</summary>
    private IEnumerable<float[]> Drifted() => Enumerable.Range(0, Recalibration.MinPayments).Select(i =>
    {
        var features = small.Rows[i % small.Rows.Count].ToArray();
        features[(int)Feature.AmountLog] += 1;
        features[(int)Feature.AmountZ] += 1;
        features[(int)Feature.AmountToCategory] += 1;
        features[(int)Feature.CentreDistanceLog] += 1;
        return features;
    });

    private double FlaggedShare(FraudModel model) =>
        Drifted().Select(Risk(model)).Count(risk => risk >= Math.Log(100)) / (double)Recalibration.MinPayments;

    private FraudModel Renewed(FraudModel model, DateTimeOffset at)
    {
        var recalibration = new Recalibration(model);
        foreach (var (index, features) in Drifted().Index())
        {
            recalibration.Add(features, (ulong)index, day: 1);
        }

        return recalibration.ToModel(at);
    }

    private ScoreCalibration Calibrated(PaymentSegments segments)
    {
        var detector = new FraudDetector(small.Model);
        var raw = Enumerable.Range(0, small.Rows.Count)
            .Select(row => RawScores.Of(segments, small.Rows[row], detector.Assess(small.Rows[row])));
        return ScoreCalibration.Fit(segments, raw.ToArray(), small.Model.Calibration.Fusion);
    }
}
