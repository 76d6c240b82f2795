using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;
using Aegis.Tests.MachineLearning.Bundles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.Tests.MachineLearning.Trainers;

public sealed class DetectorMapperTests
{
    private static readonly TailSumTransformer Detector = new(
        new TailSum([new(TinyModel.Same, null, false), new(TinyModel.Same, null, false)]));

    private readonly DataViewSchema _input;

    public DetectorMapperTests()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Id", NumberDataViewType.Int32);
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2));
        schema.AddColumn("Other", TextDataViewType.Instance);
        _input = schema.ToSchema();
    }

    [Fact]
    public void OutputSchema_IsTheInputsWithScoreAndLabelBehind()
    {
        var mapper = new DetectorMapper(Detector, _input);
        Assert.Equal(["Id", "Features", "Other", "Score", "PredictedLabel"], mapper.OutputSchema.Select(column => column.Name));
        Assert.Equal(3, mapper.ScoreIndex);
        Assert.Equal(NumberDataViewType.Single, mapper.OutputSchema["Score"].Type);
        Assert.Equal(BooleanDataViewType.Instance, mapper.OutputSchema["PredictedLabel"].Type);
        foreach (var name in new[] { "Score", "PredictedLabel" })
        {
            Assert.Equal(("AnomalyDetection", "Score"), (Annotation(name, "ScoreColumnKind"), Annotation(name, "ScoreValueKind")));
        }

        string Annotation(string column, string kind)
        {
            var value = default(ReadOnlyMemory<char>);
            mapper.OutputSchema[column].Annotations.GetValue(kind, ref value);
            return value.ToString();
        }
    }

    [Theory]
    [InlineData(new[] { "Id" }, new[] { "Id" })]
    [InlineData(new[] { "Score" }, new[] { "Features" })]
    [InlineData(new[] { "PredictedLabel", "Other" }, new[] { "Other", "Features" })]
    [InlineData(new[] { "Features", "Score" }, new[] { "Features" })]
    [InlineData(new string[0], new string[0])]
    public void GetDependencies_OfTheScore_AreTheFeatures(string[] wanted, string[] needed)
    {
        var mapper = new DetectorMapper(Detector, _input);
        Assert.Equal(
            needed, mapper.GetDependencies(wanted.Select(name => mapper.OutputSchema[name])).Select(column => column.Name));
    }

    [Fact]
    public void AMapper_OfAnotherNumberOfValues_IsRefused()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 3));
        Assert.Equal(
            "Column 'Features' holds 3 values a row; allowed: 2, which the detector was fitted on.",
            Assert.Throws<ArgumentException>(() => new DetectorMapper(Detector, schema.ToSchema())).Message);
    }

    [Fact]
    public void Columns_ThatWereNotAskedFor_OrAreAskedForAsAnotherType_AreRefused()
    {
        var table = Detector.Transform(new FloatRows([1, 2], 2));
        using var features = table.GetRowCursor([table.Schema["Features"]]);
        Assert.Equal(
            "Column 'Score' was not asked for when the rows were opened.",
            Assert.Throws<ArgumentException>(() => features.GetGetter<float>(table.Schema["Score"])).Message);
        using var both = table.GetRowCursor(table.Schema);
        Assert.StartsWith(
            "Column 'Score' holds ", Assert.Throws<ArgumentException>(() => both.GetGetter<bool>(table.Schema["Score"])).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Column 'PredictedLabel' holds ",
            Assert.Throws<ArgumentException>(() => both.GetGetter<float>(table.Schema["PredictedLabel"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void PredictedLabel_IsTrueFromTheThresholdOn()
    {
        var table = new TailSumTransformer(Detector.TailSum, threshold: 3).Transform(new FloatRows([1, 1, 1, 2, 2, 2], 2));
        Assert.Equal([2, 3, 4], table.GetColumn<float>("Score").Select(score => MathF.Round(score, 5)));
        Assert.Equal([false, true, true], table.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void MlNetsOwnSave_IsRefusedWithWhatToDo() => Assert.Equal(
        "ML.NET's zip holds no Aegis detector; save it by its own Save, or save what ToOnnx gives.",
        Assert.Throws<NotSupportedException>(() => ((ICanSaveModel)Detector).Save(null!)).Message);
}
