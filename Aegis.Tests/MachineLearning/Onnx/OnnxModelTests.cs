using Aegis.MachineLearning.Onnx;
using Onnx;
using Kind = Onnx.AttributeProto.Types.AttributeType;

namespace Aegis.Tests.MachineLearning.Onnx;

public sealed class OnnxModelTests
{
    [Fact]
    public void AModel_OfStandardOperators_RunsInTheOnnxRuntime()
    {
        // y = (x · 2) + (1, 10), column by column.
        var model = new OnnxModel("two steps");
        model.Input("x", 2);
        model.Constant("two", [2]);
        model.Constant("shift", [1, 10], 2);
        model.Node("Mul", ["x", "two"], "doubled");
        model.Node("Add", ["doubled", "shift"], "y");
        model.Output("y", 2);
        Assert.Equal([3, 14, 7, 18], OnnxRuntime.Run(model.ToBytes(), [1, 2, 3, 4], 2));
    }

    [Fact]
    public void Positions_PickColumns()
    {
        var model = new OnnxModel("pick");
        model.Input("x", 3);
        model.Positions("wanted", 2, 0);
        model.Node("Gather", ["x", "wanted"], "y", "", OnnxModel.Int("axis", 1));
        model.Output("y", 2);
        Assert.Equal([3, 1, 6, 4], OnnxRuntime.Run(model.ToBytes(), [1, 2, 3, 4, 5, 6], 3));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(OnnxModel.MachineLearning, 2)]
    public void ToBytes_NamesTheOperatorSetsThatItUses(string domain, int sets)
    {
        var model = new OnnxModel("m");
        model.Node("Some", ["x"], "y", domain);
        var written = ModelProto.Parser.ParseFrom(model.ToBytes());
        Assert.Equal((7, "Aegis", "m"), (written.IrVersion, written.ProducerName, written.Graph.Name));
        Assert.Equal(
            new[] { ("", 13L), (OnnxModel.MachineLearning, 1L) }.Take(sets), written.OpsetImport.Select(set => (set.Domain, set.Version)));
    }

    [Fact]
    public void Attributes_BearTheirKindAndTheirValues()
    {
        var (number, text) = (OnnxModel.Int("a", 5), OnnxModel.Text("b", "SUM"));
        Assert.Equal(("a", Kind.Int, 5), (number.Name, number.Type, number.I));
        Assert.Equal(("b", Kind.String, "SUM"), (text.Name, text.Type, text.S.ToStringUtf8()));
        Assert.Equal([1, 2], OnnxModel.Ints("c", [1, 2]).Ints);
        Assert.Equal([1.5f], OnnxModel.Floats("d", [1.5f]).Floats);
        Assert.Equal(["x", "y"], OnnxModel.Texts("e", ["x", "y"]).Strings.Select(each => each.ToStringUtf8()));
        Assert.Equal(
            [Kind.Ints, Kind.Floats, Kind.Strings],
            new[] { OnnxModel.Ints("c", []), OnnxModel.Floats("d", []), OnnxModel.Texts("e", []) }.Select(attribute => attribute.Type));
    }
}
